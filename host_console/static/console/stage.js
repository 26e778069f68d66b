/** What the hall sees now, in a solid frame: certain, because everybody sees it. Nothing private is drawn in here. */
import { local, number, t } from "/browser/words.js";
import { Dial, minutes } from "/browser/parts/dial.js";
import { Emblem, colours_of } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { Picture } from "/browser/parts/pictures.js";
import { Ruler } from "/browser/parts/rulers.js";
import { solution_lines } from "../parts/question.js";
import { answered, moment, now_ms, view } from "./evening.js";
import { Distribution } from "./distribution.js";
import { StandingRows } from "./standing_rows.js";

const TOP = 6;
const LONG = 110; // letters, from which a question is set smaller

export function Stage() {
  return html`<section class="audience" aria-label=${t("hall_sees")}>
    <span class="tag">${t("hall_sees")}</span><${OnStage} />
  </section>`;
}

/** One drawing for each thing that can be on the stage. */
function OnStage() {
  const shown = /** @type {Record<string, any>} */ (view.value);
  if (shown.paused) return html`<${Plain} head=${t("stage.paused")} text=${t("stage.paused.text")} />`;
  if (shown.stage.show === "break") return html`<${Break} until=${shown.stage.until} />`;
  if (shown.stage.show === "standing") return html`<${StandingRows} which=${shown.stage.which} count=${TOP} />`;
  switch (shown.phase) {
    case "lobby":
      return html`<${Figures} counts=${shown.counts} />`;
    case "round_intro":
      return html`<${Plain} head=${local(shown.round.title)} text=${local(shown.round.intro)} />`;
    case "round_end":
      return html`<${Plain}
        head=${t("stage.round_end", { n: shown.round.number })}
        text=${t("stage.head", { head: shown.head })}
      />`;
    case "final":
    case "finished":
      return html`<${StandingRows} which="total" count=${TOP} />`;
    case "revealed":
      return html`<${Revealed} question=${shown.question} />`;
  }
  return html`<${Asked} shown=${shown} />`;
}

/** @param {{head: string, text: string}} props */
function Plain({ head, text }) {
  return html`<h3>${head}</h3>
    ${text && html`<p class="stage-text">${text}</p>`}`;
}

/** @param {{until: number}} props */
function Break({ until }) {
  return html`<div class="row">
    <h3>${t("stage.break")}</h3>
    <b class="countdown">${minutes((until - now_ms.value) / 1000)}</b>
  </div>`;
}

/** @param {{counts: Record<string, any>}} props */
function Figures({ counts }) {
  return html`<dl class="figures">
    <div>
      <dt>${t("teams.in_venues", { n: counts.paper })}</dt>
      <dd>${number(counts.paper)}</dd>
    </div>
    <div>
      <dt>${t("teams.online", { n: counts.online })}</dt>
      <dd>${number(counts.online)}</dd>
    </div>
    <div>
      <dt>${t("devices", { n: counts.seats })}</dt>
      <dd>${number(counts.seats)}</dd>
    </div>
    ${
      counts.people > 0 &&
      html`<div>
        <dt>${t("people", { n: counts.people })}</dt>
        <dd>${number(counts.people)}</dd>
      </div>`
    }
  </dl>`;
}

/** @param {{shown: Record<string, any>}} props */
function Asked({ shown }) {
  const { question } = shown;
  const { is, left, of } = moment.value;
  return html`<div class="row">
      <${Words} question=${question} />
      ${question.media && html`<${Picture} media=${question.media} />`}
      <${Dial} left=${left} of=${of || question.seconds} waiting=${is === "reading"} />
    </div>
    ${
      question.options.length > 0 &&
      html`<ol class=${`mini-options ${is === "over" ? "is-over" : ""}`}>
        ${question.options.map(
          (/** @type {any} */ option, /** @type {number} */ at) =>
            html`<li key=${option.id} class=${`plate ${colours_of(at)}`}>
              <${Emblem} at=${at} /><span class="plate-text">${local(option.text)}</span>
            </li>`,
        )}
      </ol>`
    }`;
}

/** @param {{question: Record<string, any>}} props */
function Words({ question }) {
  const text = local(question.text);
  return html`<h3 class=${`${question.voided ? "gone" : ""} ${text.length > LONG ? "is-long" : ""}`}>${text}</h3>`;
}

/** Wrong texts are on the screens only with the host's tick. @param {Record<string, any>} question */
function as_shown(question) {
  const rows = question.fell.rows.filter(
    (/** @type {any} */ row) => question.options.length || row.right || question.ticked.includes(row.said),
  );
  return { ...question, fell: { ...question.fell, rows } };
}

/** @param {{question: Record<string, any>}} props */
function Revealed({ question }) {
  const picture = question.solution.media ?? question.media;
  const [answer] = solution_lines(question);
  return html`<div class="row"><${Words} question=${question} />${picture && html`<${Picture} media=${picture} />`}</div>
    ${!question.options.length && html`<p class="plate solution">${answer}</p>`}
    ${question.fell && html`<div class="fell"><${Distribution} question=${as_shown(question)} words /></div>`}
    ${question.solution.fun_fact && html`<p class="stage-text">${local(question.solution.fun_fact)}</p>`}`;
}

/** How many have answered, or how many sheets are in: known to the host and the screens. */
export function Counter() {
  const shown = /** @type {Record<string, any>} */ (view.value);
  const { phase, counts } = shown;
  if (["open", "last_call"].includes(phase) && answered.value) {
    const { answered: value, of } = answered.value;
    return html`<p class="counter"><span>${t("answered", { n: value, of })}</span><${Ruler} value=${value} of=${of} /></p>`;
  }
  if (["round_closed", "collected", "revealed", "round_end", "final"].includes(phase) && counts.sheets?.of) {
    const words = t("sheets.of_round", { n: counts.sheets.in, of: counts.sheets.of, round: shown.round.number });
    return html`<p class="counter"><span>${words}</span><${Ruler} value=${counts.sheets.in} of=${counts.sheets.of} /></p>`;
  }
  return null;
}
