/** All keys of the desk on one sheet. What is listed here and what the keyboard heeds is the same, which a test holds. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";

/** By group: what is printed on the keys, the words for it, and the codes that the keyboard heeds. @type {[string, [string, string, string[]][]][]} */
export const LISTED = [
  [
    "keys.marks",
    [
      ["1", "right", ["1"]],
      ["5", "half", ["5"]],
      ["0", "wrong", ["0"]],
      ["-", "blank", ["-"]],
      ["?", "asked.host", ["?"]],
      ["=", "text.typed", ["="]],
      ["F2", "keys.text.again", ["F2"]],
      ["X", "keys.taken_out", ["x"]],
      ["Backspace", "erase", ["Backspace", "Delete"]],
      ["Ctrl Z", "undo.last", ["KeyZ"]],
    ],
  ],
  [
    "keys.moves",
    [
      ["← ↑ ↓ →", "keys.arrows", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]],
      ["Tab", "keys.next_cell", ["Tab", "Space"]],
      ["Shift Tab", "keys.cell_before", ["Shift+Tab"]],
      ["Enter", "row.end", ["Enter", "NumpadEnter"]],
      ["Home", "keys.first_cell", ["Home"]],
      ["End", "on_sheet.lower", ["End"]],
      ["Esc", "keys.leave", ["Escape"]],
    ],
  ],
  [
    "keys.numbers",
    [
      ["0–9 ,", "keys.number", ["digits"]],
      ["-", "keys.no_number", ["-"]],
      ["Tab", "keys.number.end", ["Tab"]],
      ["Esc", "keys.number.not", ["Escape"]],
    ],
  ],
  [
    "keys.sheets",
    [
      ["N", "keys.find", ["KeyN"]],
      ["O", "order.other", ["KeyO"]],
      ["R", "keys.round", ["KeyR"]],
      ["Ctrl V", "keys.paste", ["paste"]],
      ["H", "keys.this", ["KeyH", "F1"]],
    ],
  ],
];

const shown = signal(false);

export function show_keys() {
  shown.value = true;
}

export function KeyHelp() {
  if (!shown.value) return null;
  return html`<${Dialog} title=${t("keys")} close=${() => (shown.value = false)} wide>
    <div class="keys is-long">
      ${LISTED.map(([group, lines]) => html`<section key=${group}><h3>${t(group)}</h3><ul>${lines.map(line)}</ul></section>`)}
    </div>
    <p class="quiet keys-safe">${t("keys.total")}</p>
    <p class="quiet keys-safe">${t("keys.masks")}</p>
    <p class="quiet keys-safe">${t("keys.words")}</p>
  </${Dialog}>`;
}

/** @param {[string, string, string[]]} line */
function line([name, words]) {
  return html`<li key=${name + words}><span>${t(words)}</span><kbd class="key">${name}</kbd></li>`;
}
