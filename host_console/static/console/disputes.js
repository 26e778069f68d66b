/** Cells in which two people wrote different marks: both are shown, neither counts, and the desk of that venue settles it. */
import { t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { desk_address } from "../parts/addresses.js";
import { mark_words } from "../parts/history.js";
import { person_words } from "../parts/people.js";
import { place_of, view } from "./evening.js";
import { lay } from "./overlay.js";

const MOST = 3;

/** @typedef {{team: string, name: string, round: string, question: string, venue?: string, present: {name: string, who: string, called: string, number: number, value: string, at: number}[]}} Dispute */

/** @param {Dispute} dispute */
function address(dispute) {
  return desk_address(view.value?.battle.id, dispute.venue, { team: dispute.team, question: dispute.question });
}

export function open_first_dispute() {
  const first = view.value?.attention.disputes.rows[0];
  if (first) open(address(first), "_blank", "noopener");
}

export function Disputes() {
  const { count, rows } = /** @type {Record<string, any>} */ (view.value).attention.disputes;
  return html`${rows.slice(0, MOST).map(
    (/** @type {Dispute} */ each, /** @type {number} */ at) =>
      html`<article key=${each.team + each.question} class="item item-wrong">
        <h3>${t("dispute")}<small>${t("question.n", { n: place_of(each.question).number })}</small></h3>
        <p>${t("quoted", { said: each.name })}</p>
        ${each.present.map((/** @type {any} */ one) => html`<p key=${one.name} class="version"><b>${mark_words(one.value)}</b>${t("entered", { who: person_words(one), time: time_of_day(one.at, true) })}</p>`)}
        <div class="item-actions">
          <a class="button" href=${address(each)} target="_blank" rel="noopener"
            >${t("action.dispute")}${at === 0 && html` <kbd class="key">D</kbd>`}</a
          ><button type="button" class="button" onClick=${() => lay("history", each)}>${t("history")}</button>
        </div>
      </article>`,
  )}
  ${count > MOST && html`<p class="more">${t("disputes.more", { n: count - MOST })}</p>`}`;
}
