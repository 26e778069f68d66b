/** The solution: the right option stays lit while the others are dark, bars grow to what was said, the fact stands below. */
import { html } from "/browser/parts/html.js";
import { colours_of, Emblem, Icon } from "/browser/parts/drawings.js";
import { Picture } from "/browser/parts/pictures.js";
import { local } from "/browser/words.js";
import { Fact } from "./fact.js";
import { useFit } from "./fit.js";
import { RoundStrip } from "./frame.js";
import { room } from "./hall.js";
import { HowMany } from "./how_many.js";
import { RevealNumber } from "./reveal_number.js";
import { RevealText } from "./reveal_text.js";

const MANY = 4;

export function Reveal() {
  const { question } = room();
  if (question.options.length) return html`<${RevealOptions} key=${question.id} />`;
  return question.kind === "number" ? html`<${RevealNumber} key=${question.id} />` : html`<${RevealText} key=${question.id} />`;
}

function RevealOptions() {
  const { question, solution } = room();
  const page = useFit([question.id]);
  const counts = counts_by_option(question, solution.fell.rows);
  const most = Math.max(1, ...counts);
  return html`<main class="stage is-live"><div class="stage-inner" ref=${page}>
    <${RoundStrip} done />
    <div class="reveal-head"><h1>${local(question.text)}</h1><${HowMany} fell=${solution.fell} /></div>
    <div class=${`bars ${question.options.length > MANY ? "has-many" : ""}`}>
      ${question.options.map(
        (/** @type {any} */ option, /** @type {number} */ at) => html`<${Bar} key=${option.id} at=${at} text=${local(option.text)} value=${counts[at]} of=${most}
          right=${solution.is.right.includes(option.id)} />`,
      )}
    </div>
    <div class="fact-row">${solution.media && html`<${Picture} media=${solution.media} />`}<${Fact} question=${question} solution=${solution} /></div>
  </div></main>`;
}

/** Several may be said at once: each option counts the teams that said it. @param {Record<string, any>} question @param {any[]} rows */
function counts_by_option(question, rows) {
  return question.options.map((/** @type {any} */ option) =>
    rows.filter((row) => [row.value].flat().includes(option.id)).reduce((sum, row) => sum + row.count, 0),
  );
}

/** @param {{at: number, text: string, value: number, of: number, right: boolean}} props */
function Bar({ at, text, value, of, right }) {
  return html`<div class=${`bar ${colours_of(at)} ${right ? "is-right" : ""}`}><${Emblem} at=${at} />
    <span class="bar-text"><span>${text}</span>${right && html`<span class="tick"><${Icon} name="check" /></span>`}</span>
    <span class="bar-rail">${value > 0 && html`<i style=${{ "--v": value, "--n": of }} />`}</span><span class="bar-count">${value}</span></div>`;
}
