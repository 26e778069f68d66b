/** The solution of a written answer: what was meant, what counts too, and what was said most often. */
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { Picture } from "/browser/parts/pictures.js";
import { t } from "/browser/words.js";
import { Fact } from "./fact.js";
import { useFit } from "./fit.js";
import { RoundStrip } from "./frame.js";
import { room } from "./hall.js";

const MOST_ALSO = 2;
const LONG_ANSWER = 8;
const VERY_LONG_ANSWER = 16;

export function RevealText() {
  const { question, solution } = room();
  const page = useFit([question.id]);
  const [shown, ...others] = variants(solution.is.accept);
  const media = solution.media ?? question.media;
  return html`<main class="stage is-live"><div class="stage-inner" ref=${page}>
    <${RoundStrip} done />
    <div class="text-reveal">
      <div class="solution">
        <h2>${t("reveal.answer")}</h2>
        <strong class=${length_of(shown)}>${shown}</strong>
        ${others.length > 0 && html`<p class="also">${t("reveal.also", { words: others.slice(0, MOST_ALSO).map((words) => t("quoted", { words })).join(", ") })}</p>`}
        ${media && html`<${Picture} media=${media} />`}
        <${Fact} question=${question} solution=${solution} />
      </div>
      <${Said} fell=${solution.fell} />
    </div>
  </div></main>`;
}

/** In the battle's language. @param {Record<string, string[]>} accept @returns {string[]} */
function variants(accept) {
  return accept[document.documentElement.lang] ?? Object.values(accept)[0] ?? [""];
}

/** @param {string} text */
export function length_of(text) {
  return text.length > VERY_LONG_ANSWER ? "is-very-long" : text.length > LONG_ANSWER ? "is-long" : "";
}

/** What was said: the right ones, the wrong ones that the host lets be shown, all others as a number. @param {{fell: any}} props */
function Said({ fell }) {
  const most = Math.max(1, ...fell.rows.map((/** @type {any} */ row) => row.count));
  const others = fell.answered - fell.rows.reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.count, 0);
  return html`<ol class="said">
    ${fell.rows.map((/** @type {any} */ row) => html`<${Row} key=${row.said} look=${row.right ? "yes" : "no"} words=${row.value} count=${row.count} of=${most} />`)}
    ${others > 0 && html`<${Row} look="no is-quiet" words=${t("reveal.others")} count=${others} of=${Math.max(most, others)} />`}
    ${fell.answered === 0 && html`<li class="is-quiet">${t("reveal.nobody")}</li>`}
  </ol>`;
}

/** @param {{look: string, words: string, count: number, of: number}} props */
function Row({ look, words, count, of }) {
  return html`<li class=${look} style=${{ "--v": count, "--n": of }}><${Icon} name=${look === "yes" ? "check" : "cross"} /><span>${words}</span><b>${count}</b></li>`;
}
