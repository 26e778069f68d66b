/** The ledger came back from the archive: since when something may be missing, and what came back of the questions that were open. */
import { t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { place_of, view } from "./evening.js";

/** @typedef {{since: number, open: {question: string, answers: number}[]}} Back */

export function Restored() {
  const back = /** @type {Back | undefined} */ (view.value?.attention.restored);
  if (!back) return null;
  return html`<article class="item item-warn">
    <h3>${t("restored")}</h3>
    <p>${t("restored.since", { time: time_of_day(back.since, true) })}</p>
    ${
      back.open.length > 0 &&
      html`<ul class="queue">
        ${back.open.map(({ question, answers }) => html`<li key=${question}>${t("restored.open", { ...place_of(question), n: answers })}</li>`)}
      </ul>`
    }
  </article>`;
}
