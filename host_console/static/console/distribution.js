/** How the answers fell: bars for options, a table for words and numbers. */
import { html } from "/browser/parts/html.js";
import { local, number, t } from "/browser/words.js";
import { Emblem, Icon, colours_of } from "/browser/parts/drawings.js";
import { said_words } from "../parts/question.js";

const MOST_ROWS = 5;

/** @param {{question: Record<string, any>, words?: boolean}} props `question` with `fell`; `words`: options by their texts too */
export function Distribution({ question, words = false }) {
  if (!question.options.length) return html`<${Said} question=${question} />`;
  const counts = question.options.map((/** @type {any} */ option) => count_of(question, option.id));
  return html`<${Bars} question=${question} counts=${counts} words=${words} right=${question.solution.is.right} />`;
}

/** What is chosen while answers are open. @param {{question: Record<string, any>, fell: Record<string, number>}} props `fell` by option */
export function Chosen({ question, fell }) {
  return html`<${Bars} question=${question} counts=${question.options.map((/** @type {any} */ option) => fell[option.id] ?? 0)} />`;
}

/** @param {{question: Record<string, any>, counts: number[], words?: boolean, right?: string[]}} props `right`: options that are lit */
function Bars({ question, counts, words = false, right = [] }) {
  const most = Math.max(1, ...counts);
  return html`<ol class="mini-bars">
    ${question.options.map(
      (/** @type {any} */ option, /** @type {number} */ at) =>
        html` <li
          key=${option.id}
          class=${`mini-bar ${colours_of(at)} ${right.includes(option.id) ? "is-right" : ""}`}
        >
          <${Emblem} at=${at} />${words && html`<span class="bar-text one-line">${local(option.text)}</span>`}<span class="bar-rail"
            ><i style=${{ "--v": counts[at], "--n": most }}></i></span
          ><b>${number(counts[at])}</b>
        </li>`,
    )}
  </ol>`;
}

/** Teams that chose this option, alone or among others. @param {Record<string, any>} question @param {string} option */
function count_of(question, option) {
  return question.fell.rows
    .filter((/** @type {any} */ row) => [row.value].flat().includes(option))
    .reduce((/** @type {number} */ sum, /** @type {any} */ row) => sum + row.count, 0);
}

/** @param {{question: Record<string, any>}} props */
function Said({ question }) {
  const rows = question.fell.rows.slice(0, MOST_ROWS);
  if (!rows.length) return html`<p class="nothing">${t("fell.nobody")}</p>`;
  return html`<table class="said">
    <tbody>
      ${rows.map(
        (/** @type {any} */ row) =>
          html`<tr key=${row.said}>
            <th scope="row">${said_words(question, row.value)}</th>
            <td><${Verdict} right=${row.right} /></td>
            <td class="r">${number(row.count)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {{right: boolean}} props */
export function Verdict({ right }) {
  return html`<span class=${`badge ${right ? "badge-right" : "badge-wrong"}`}
    ><${Icon} name=${right ? "check" : "cross"} />${t(right ? "right" : "wrong")}</span
  >`;
}
