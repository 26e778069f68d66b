/** A desk's marks that somebody brought in a file: looked at first, then entered, as often as one likes. */
import { useState } from "preact/hooks";
import { because, t, time_of_day } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { mark_words } from "../parts/history.js";
import { session, view } from "./evening.js";
import { round_words } from "./phone_codes.js";

/** @typedef {{file: File, found?: any, refused?: {code: string, detail?: string}}} Looked */

/** @param {{venue: string}} props */
export function CarriedMarks({ venue }) {
  const [looked, show] = useState(/** @type {Looked | null} */ (null));
  const [is_over, hover] = useState(false);
  const look = async (/** @type {File | undefined} */ file) => file && show({ file, ...(await sent(file, venue, "look")) });
  const bring = async () => looked && show({ file: looked.file, ...(await sent(looked.file, venue, "import")) });
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    hover(false);
    look(event.dataTransfer?.files[0]);
  };
  const drag = (/** @type {DragEvent} */ event) => (event.preventDefault(), hover(true));
  return html`<section class=${`card-job carried ${is_over ? "is-over" : ""}`} onDragOver=${drag} onDragLeave=${() => hover(false)} onDrop=${drop}>
    <h4>${t("carried")}</h4>
    <p class="quiet">${t("carried.why")}</p>
    <label class="button">${t("carried.choose")}<input type="file" accept=".json,application/json" onChange=${(/** @type {any} */ event) => {
      look(event.target.files[0]);
      event.target.value = ""; // the same file once more is a choice too
    }} /></label>
    ${looked?.refused && html`<p class="error" role="alert"><${Icon} name="alert" />${because(looked.refused)}</p>`}
    ${looked?.found && (looked.found.brought ? html`<${Brought} ...${looked.found.brought} />` : html`<${Found} ...${looked.found} bring=${bring} />`)}
  </section>`;
}

/** @param {{people: string[], saved: number, operations: number, new: number, collected: any[], bring: () => void}} props */
function Found({ people, saved, operations, new: news, collected, bring }) {
  const about = [...people.filter(Boolean), t("carried.saved", { time: time_of_day(saved) })].join(", ");
  return html`<div class="carried-found" role="status">
    <p><b>${t("carried.in_it", { n: operations })}</b>, ${t("carried.new", { n: news })}<small>${about}</small></p>
    ${collected.length > 0 && html`<p>${t("carried.collected", { rounds: collected.map(round_words).join("; ") })}</p>`}
    ${news || collected.length ? html`<button type="button" class="button button-primary" onClick=${bring}>${t("carried.bring")}</button>` : html`<p>${t("carried.nothing")}</p>`}
  </div>`;
}

/** @param {{entered: number, collected: any[], not_collected: any[], late: number, refused: number, rows: any[]}} props */
function Brought({ entered, collected, not_collected, late, refused, rows }) {
  const is_old = !entered && !collected.length && !refused && !not_collected.length;
  return html`<div class="carried-found" role="status">
    <p><b>${is_old ? t("carried.nothing") : t("carried.done", { n: entered })}</b></p>
    ${collected.length > 0 && html`<p>${t("carried.collected", { rounds: collected.map(round_words).join("; ") })}</p>`}
    ${late > 0 && html`<p>${t("carried.late", { n: late })}</p>`}
    ${not_collected.length > 0 && html`<p>${t("carried.not_collected", { rounds: not_collected.map(round_words).join("; ") })}</p>`}
    ${refused > 0 && html`<p>${t("carried.refused", { n: refused })}</p><ul>${rows.map((row, at) => html`<li key=${at}>${where(row)}: ${because(row)}</li>`)}</ul>`}
  </div>`;
}

/** @param {{team?: string, round?: number, question?: number, value: string}} row */
function where({ team, round, question, value }) {
  const cell = question ? t("question.lower", { n: question }) : t("carried.total");
  return [team, round && t("round.n", { n: round }), cell, mark_words(value)].filter(Boolean).join(", ");
}

/** @param {File} file @param {string} venue @param {"look" | "import"} act @returns {Promise<{found?: any, refused?: {code: string}}>} */
async function sent(file, venue, act) {
  const asked = new URLSearchParams({ battle: view.value?.battle.id, venue, act });
  try {
    const answer = await fetch(`/staff/carried?${asked}`, { method: "POST", headers: { Authorization: `Bearer ${session.token}` }, body: file });
    return answer.ok ? { found: await answer.json() } : { refused: await answer.json() };
  } catch {
    return { refused: { code: "offline" } };
  }
}
