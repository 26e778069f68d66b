/** One cell of the grid: its mark, and by its line where the mark is. */
import { points, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { versions } from "./cell.js";
import { cell_words } from "./cell_words.js";
import { draft, typed } from "./cursor.js";
import { has_left } from "./outgoing.js";
import { key } from "./room.js";
import { mark_words } from "../parts/history.js";
import { TOTAL, cell, sheet } from "./sheet.js";
import { holds_text, text_of } from "./said.js";
import { HALF } from "./sums.js";
import { TextLine } from "./typing.js";

/** How a mark is drawn. @type {Record<string, string>} */
const LOOKS = { 1: "v1", 0: "v0", [HALF]: "vh", "?": "vq", "-": "v0" };

/** The name under which the grid says where its cursor is. @param {string} team @param {string} question */
export const cell_id = (team, question) => `cell.${team}.${question}`;

/** @param {{team: string, question: string, at: number, here: boolean, voided: boolean}} props */
export function Cell({ team, question, at, here, voided }) {
  const shown = cell(team, question);
  const on_its_way = way(team, question);
  const takes_value = key.value[at].takes_value;
  const text = text_of(shown.value);
  const look = voided
    ? "vx"
    : takes_value && !["-", "?"].includes(shown.value)
      ? shown.value
        ? "vn"
        : ""
      : text !== null
        ? text_look(shown.right)
        : (LOOKS[shown.value] ?? "");
  const classes = [
    look,
    takes_value && "number",
    shown.state === "disputed" && holds_text(shown) && "vt",
    shown.state === "disputed" && "is-disputed",
    ...hands(shown),
    on_its_way && `is-${on_its_way}`,
    here && "is-cursor",
  ];
  const line = here && typed.value !== null;
  return html`<td ...${told(team, question, shown, here, on_its_way)} class=${classes.filter(Boolean).join(" ")} data-column=${at} title=${text ?? ""}>
    ${line && html`<${TextLine} />`}${(here ? draft.value : null) ?? html`<span>${text ?? words(shown)}</span>`}
  </td>`;
}

/** What a team wrote: it may be right, wrong, or not known to anybody yet. @param {boolean | undefined} right */
function text_look(right) {
  return `vt ${right === undefined ? "vq" : right ? "v1" : "v0"}`;
}

/**
 * What the page tells of a cell to who does not see it.
 * @param {string} team @param {string} question @param {import("./cell.js").Cell} shown @param {boolean} here @param {import("./cell_words.js").Way} way
 */
function told(team, question, shown, here, way) {
  return { id: cell_id(team, question), role: "gridcell", "aria-selected": here, "aria-label": cell_words(question, shown, way) };
}

/** A cell of a question that the team's phones answer: nothing is written here. @param {{team: string, question: string, at: number, here: boolean}} props */
export function OnPhones({ team, question, at, here }) {
  return html`<td id=${cell_id(team, question)} class=${`is-closed ${here ? "is-cursor" : ""}`} data-column=${at} role="gridcell" aria-selected=${here} aria-disabled="true" title=${t("entered.phones")}>
    <${Icon} name="phone" />
  </td>`;
}

/** @param {import("./cell.js").Cell} shown */
function words(shown) {
  if (shown.state === "empty" && shown.late) return shown.late.filter((each) => each.is === "waits").map((each) => mark_words(each.value)).join("\u2009/\u2009");
  if (shown.state === "disputed")
    return versions(shown)
      .map(mark_words)
      .join("\u2009/\u2009");
  return shown.value && mark_words(shown.value);
}

/** What waits for the host; and where marks are entered twice, how many have written here. @param {import("./cell.js").Cell} shown */
function hands({ state, late, by }) {
  return [late?.some((each) => each.is === "waits") && "is-late", state === "empty" && "is-unsaid", by && (by > 1 ? "is-twice" : "is-once")];
}

/** Where a cell's mark is: only here (dashed), sent (a thin line), confirmed (none). @param {string} team @param {string} question @returns {import("./cell_words.js").Way} */
export function way(team, question) {
  const own = sheet(team).value.own.filter((operation) => operation.question === question);
  if (!own.length) return "";
  return own.every(has_left) ? "sent" : "here";
}

/** @param {{team: string, at: number, here: boolean, bad: boolean}} props */
export function Total({ team, at, here, bad }) {
  const [shown, on_its_way] = [cell(team, TOTAL), way(team, TOTAL)];
  const classes = ["own", bad && "bad", shown.state === "disputed" && "is-disputed", ...hands(shown), on_its_way && `is-${on_its_way}`, here && "is-cursor"];
  const typed = here ? draft.value : null;
  return html`<td ...${told(team, TOTAL, shown, here, on_its_way)} class=${classes.filter(Boolean).join(" ")} data-column=${at}>
    ${typed ?? (shown.state === "marked" ? points(Number(shown.value) * 100) : words(shown))}
  </td>`;
}
