/** A question on the stage: its text, its picture, the dial, the options or where to write, and how many have answered. */
import { html } from "/browser/parts/html.js";
import { colours_of, Emblem, Icon } from "/browser/parts/drawings.js";
import { Dial } from "/browser/parts/dial.js";
import { Picture } from "/browser/parts/pictures.js";
import { Ruler } from "/browser/parts/rulers.js";
import { local, t } from "/browser/words.js";
import { useFit } from "./fit.js";
import { RoundStrip } from "./frame.js";
import { lost_since, moment, room, session } from "./hall.js";

const WIDE = 1.5; // pictures wider than this stand above the text, others beside it
const LONG_OPTION = 22;
const BAND = "has-band";

export function Question() {
  const { question } = room();
  const page = useFit([question.id, local(question.text), question.media?.file, lost_since.value > 0]);
  const { is, left, of } = moment.value;
  const lit = is === "open" && !lost_since.value && !question.voided;
  const place = place_of_picture(question.media);
  return html`<main class=${`stage is-live ${lit ? "" : "is-dark"} ${lost_since.value ? "is-stale" : ""}`}>
    <div class=${`stage-inner ${place}`} ref=${page}>
      <${RoundStrip} />
      ${question.media && html`<${Picture} media=${question.media} />`}
      <div class="ask" data-holds="lines">
        <${Dial} left=${left} of=${of} waiting=${is === "reading"} instead=${lost_since.value ? "?" : is === "shown" ? "" : undefined} />
        <h1>${local(question.text)}</h1></div>
      ${question.options.length > 0 && html`<${Options} options=${question.options} />`}
      ${question.options.length === 0 && place !== BAND && html`<${HowTo} question=${question} />`}
      ${is === "shown" && !question.voided ? html`<p class="counter">${t("question.opens")}</p>` : html`<${Counter} question=${question} />`}
    </div>
  </main>`;
}

/** @param {Record<string, any> | undefined} media */
function place_of_picture(media) {
  if (!media) return "";
  return media.width >= WIDE * media.height ? BAND : "has-side";
}

/** @param {{options: any[]}} props */
export function Options({ options }) {
  const texts = options.map((option) => local(option.text));
  const long = texts.some((text) => text.length > LONG_OPTION);
  return html`<ol class=${`options ${long ? "is-long" : ""} ${options.length > 4 ? "has-many" : ""}`}>
    ${texts.map((text, at) => html`<li key=${at} class=${`plate ${colours_of(at)}`}><${Emblem} at=${at} /><span class="plate-text">${text}</span></li>`)}
  </ol>`;
}

/** Where an answer is written, online and in the hall. @param {{question: Record<string, any>}} props */
function HowTo({ question }) {
  const { counts } = room();
  if (!counts.paper) return html`<div class="how-to"><div><${Icon} name="phone" />${t("question.how_phone")}</div></div>`;
  return html`<div class="how-to"><div><${Icon} name="phone" />${t("question.how_online")}</div>
    <div><${Icon} name="sheet" />${t("question.how_paper", { n: question.number })}</div></div>`;
}

/** How many have answered; beside it the line of the sheet, where a wide picture has taken the room for more words. @param {{question: Record<string, any>}} props */
export function Counter({ question }) {
  if (question.voided) return html`<p class="counter is-voided">${t("voided")}</p>`;
  const counts = session.counted.value[question.id];
  const on_sheet = room().counts.paper > 0 && question.options.length === 0 && place_of_picture(question.media) === BAND;
  if (counts?.opening !== question.opening) return html`<p class="counter" />`;
  return html`<p class="counter"><span>${t("counter.before")} <b>${counts.answered}</b> ${t("counter.of", { n: counts.of })}</span>
    <${Ruler} value=${counts.answered} of=${counts.of} />
    ${on_sheet && html`<span class="on-sheet"><${Icon} name="sheet" />${t("question.how_paper", { n: question.number })}</span>`}</p>`;
}
