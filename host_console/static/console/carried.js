/** A desk's marks that somebody brought in a file: looked at first, then entered, as often as one likes. */
import { because, t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { mark_words } from "../parts/history.js";
import { Upload, useUpload } from "../parts/upload.js";
import { session } from "./evening.js";
import { round_words } from "./phone_codes.js";

/** @param {{venue: string}} props */
export function CarriedMarks({ venue }) {
  const { looked, send } = useUpload(session, "/staff/carried");
  const [found, look] = [looked?.found, (/** @type {File} */ file) => send(file, { venue, act: "look" })];
  const bring = () => looked && send(looked.file, { venue, act: "import" });
  const head = html`<h4>${t("carried")}</h4><p class="quiet">${t("carried.why")}</p>`;
  return html`<${Upload} look="carried" head=${head} label=${t("carried.choose")} accept=".json,application/json" chosen=${look} looked=${looked}>
    ${found && (found.brought ? html`<${Brought} ...${found.brought} />` : html`<${Found} ...${found} bring=${bring} />`)}
  </${Upload}>`;
}

/** @param {{people: string[], saved: number, operations: number, new: number, collected: any[], bring: () => void}} props */
function Found({ people, saved, operations, new: news, collected, bring }) {
  const about = [...people.filter(Boolean), t("carried.saved", { time: time_of_day(saved) })].join(", ");
  return html`<div class="carried-found" role="status">
    <p><b>${t("marks.n", { n: operations })}</b>, ${t("carried.new", { n: news })}<small>${about}</small></p>
    ${collected.length > 0 && html`<p>${t("carried.collected", { rounds: collected.map(round_words).join("; ") })}</p>`}
    ${news || collected.length ? html`<button type="button" class="button button-primary" onClick=${bring}>${t("carried.bring")}</button>` : html`<p>${t("carried.nothing")}</p>`}
  </div>`;
}

/** @param {{entered: number, collected: any[], not_collected: any[], late: number, refused: number, rows: any[]}} props */
function Brought({ entered, collected, not_collected, late, refused, rows }) {
  const is_old = !entered && !collected.length && !refused && !not_collected.length;
  return html`<div class="carried-found" role="status">
    <p><b>${is_old ? t("carried.nothing") : t("marks.entered", { n: entered })}</b></p>
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
