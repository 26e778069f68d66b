/** Everything that ever happened to one cell: who wrote what over what, when and why, and what the host said of it. */
import { t, time_of_day } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { person_words } from "./people.js";

/** @typedef {{is: "accepted" | "refused", by: string, at: number, why: string}} Verdict */
/** @typedef {{name: string, called: string, number: number, at: number, value: string, before: string[], why?: string, is?: "waits" | "accepted" | "refused", verdicts?: Verdict[]}} Row */

/** @param {{rows: Row[] | null}} props null while nobody has answered */
export function History({ rows }) {
  if (!rows) return html`<p class="nothing">${t("loading")}</p>`;
  if (!rows.length) return html`<p class="nothing">${t("history.none")}</p>`;
  return html`<ol class="history">
    ${rows.map((row) => html`<${Happened} key=${row.name} row=${row} />`)}
  </ol>`;
}

/** @param {{row: Row}} props */
function Happened({ row }) {
  return html`<li>
    <p><b><${Change} before=${row.before} value=${row.value} /></b><span>${person_words(row)}</span><time>${time_of_day(row.at, true)}</time></p>
    ${row.why && html`<p class="why">${t("quoted", { said: row.why })}</p>`}
    ${row.is === "waits" && html`<p class="late-word"><${Icon} name="clock" />${t("late.waits")}</p>`}
    ${row.verdicts?.map(
      (verdict) =>
        html`<p key=${verdict.at} class=${`late-word is-${verdict.is}`}>
          <${Icon} name=${verdict.is === "accepted" ? "check" : "cross"} /><span
            >${t(verdict.is === "accepted" ? "late.was_accepted" : "late.was_refused")}: ${t("quoted", { said: verdict.why })}</span
          ><time>${time_of_day(verdict.at, true)}</time>
        </p>`,
    )}
  </li>`;
}

/** What stood there, and what was written over it. @param {{before: string[], value: string}} props */
export function Change({ before, value }) {
  return html`${before.length > 0 && html`<s>${before.map(mark_words).join("\u2009/\u2009")}</s>${" → "}`}${mark_words(value)}`;
}

/** @type {Record<string, string>} */
const WORDS = { "": "·", "-": "–", 0.5: "½" };

/** A mark as a sheet shows it; what a team wrote, in quotes. @param {string} value */
export function mark_words(value) {
  if (value.startsWith("=")) return t("quoted", { said: value.slice(1) });
  return WORDS[value] ?? value.replace("-", "−");
}
