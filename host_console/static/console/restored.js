/** The ledger came back from the archive: since when something may be missing, and what came back of the questions that were open. */
import { t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { place_of, view } from "./evening.js";

/** @typedef {{count: number, rows: {team: string, name: string}[]}} Missing teams without an answer, once the box is sealed */
/** @typedef {{since: number, open: {question: string, answers: number, missing?: Missing}[]}} Back */

export function Restored() {
  const back = /** @type {Back | undefined} */ (view.value?.attention.restored);
  if (!back) return null;
  return html`<article class="item item-warn">
    <h3>${t("restored")}</h3>
    <p>${t("restored.since", { time: time_of_day(back.since, true) })}</p>
    ${
      back.open.length > 0 &&
      html`<ul class="queue">
        ${back.open.map(
          ({ question, answers, missing }) => html`<li key=${question}>
            ${t("restored.open", { ...place_of(question), n: answers })}
            ${missing && missing.count > 0 && html`<p>${t("restored.missing", { n: missing.count, teams: names(missing) })}</p>`}
          </li>`,
        )}
      </ul>`
    }
  </article>`;
}

/** @param {Missing} missing */
function names({ count, rows }) {
  const known = rows.map(({ name }) => name).join(", ");
  return count > rows.length ? `${known}…` : known;
}
