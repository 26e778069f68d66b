/** Keys for a thumb: the marks, or digits where a number is written; above them what the question was and what is right. */
import { t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { solution_lines } from "../parts/question.js";
import { cursor, question_here } from "./cursor.js";
import { look_for } from "./find_sheet.js";
import { end_row, erase, mark, takes_number_here, type, undo } from "./marking.js";
import { has_past, show_past } from "./past.js";
import { key } from "./room.js";
import { mark_words } from "../parts/history.js";
import { TOTAL, teams } from "./sheet.js";
import { HALF } from "./sums.js";
import { PadLine, takes_text_here } from "./typing.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", ",", "0"];
const MARKS = [
  ["1", "right"],
  [HALF, "half"],
  ["0", "wrong"],
  ["-", "blank"],
  ["?", "asked"],
];

export function Pad() {
  const question = question_here();
  return html`<div class="pad">
    <div class="pad-head">
      <p class="pad-key"><b>${teams.value[cursor.value.row]?.name ?? t("on_list")}</b><span>${hint(question)}</span></p>
      <button type="button" class="button" onClick=${show_past} disabled=${!has_past()} aria-label=${t("history")}><${Icon} name="clock" /></button>
      <button type="button" class="button" onClick=${look_for} aria-label=${t("sheet.by_number")}><${Icon} name="sheet" /></button>
    </div>
    ${takes_text_here() && html`<${PadLine} />`}${takes_number_here() ? html`<${Digits} />` : html`<${Marks} />`}
  </div>`;
}

/** What is right here. @param {string | undefined} id */
function hint(id) {
  if (id === TOTAL) return t("on_sheet.hint");
  const at = key.value.findIndex((question) => question.id === id);
  return at < 0
    ? ""
    : `${at + 1}. ${solution_lines(key.value[at])
        .slice(0, key.value[at].options.length || 3)
        .join(", ")}`;
}

function Marks() {
  return html`<div class="pad-keys">
    ${MARKS.map(([value, words]) => html`<button key=${value} type="button" class=${`button pad-${words}`} onClick=${() => mark(value)}><b>${mark_words(value)}</b>${t(words)}</button>`)}
    <${Common} />
  </div>`;
}

function Digits() {
  return html`<div class="pad-keys is-digits">
    ${DIGITS.map((digit) => html`<button key=${digit} type="button" class="button" onClick=${() => type(digit)}><b>${digit}</b></button>`)}<${Common} />
  </div>`;
}

function Common() {
  return html`<button type="button" class="button" onClick=${erase} aria-label=${t("erase")}><b>⌫</b></button>
    <button type="button" class="button" onClick=${undo} aria-label=${t("undo.last")}><${Icon} name="undo" /></button>
    <button type="button" class="button button-primary" onClick=${end_row}>${t("row.end")}</button>`;
}
