/** Spreadsheet manners: marks are single keys, numbers are typed, arrows move, Enter ends a row. */
import { cursor, draft, go, move } from "./cursor.js";
import { look_for } from "./find_sheet.js";
import { is_of_grid, let_go, take_keys } from "./focus.js";
import { show_keys } from "./key_help.js";
import { end_row, erase, finish, forget_typed, go_on_with_total, is_taken_out_here, mark, pass_taken_out, takes_number_here, type, undo } from "./marking.js";
import { turn_order } from "./order.js";
import { key, next_scope } from "./room.js";
import { HALF } from "./sums.js";
import { open_text, takes_text_here, writes_words } from "./typing.js";

/** @type {Record<string, () => void>} */
const KEYS = {
  ArrowLeft: () => finish() && move(0, -1),
  ArrowRight: () => finish() && move(0, 1),
  ArrowUp: () => finish() && move(-1, 0),
  ArrowDown: () => finish() && move(1, 0),
  Tab: () => finish() && move(0, 1),
  Enter: end_row,
  NumpadEnter: end_row,
  Home: () => finish() && go(cursor.value.row, 0),
  End: () => finish() && go(cursor.value.row, key.value.length),
  Backspace: erase,
  Delete: erase,
  Escape: () => (draft.value === null ? let_go() : forget_typed()),
  Space: () => finish() && move(0, 1),
  "Shift+Tab": () => finish() && move(0, -1),
  F1: show_keys,
  F2: () => open_text(),
};

/** With Alt where a letter would begin what the team wrote. @type {Record<string, () => void>} */
const COMMANDS = {
  KeyR: next_scope,
  KeyO: () => finish() && turn_order(),
  KeyN: () => finish() && look_for(),
  KeyH: show_keys,
};

/** @type {Record<string, string>} */
const MARKS = { 1: "1", 0: "0", 5: HALF, "-": "-", "?": "?" };

/** What is heeded, for the sheet that lists it. */
export const heeded = () => [...Object.keys(KEYS), ...Object.keys(COMMANDS), ...Object.keys(MARKS), TAKEN_OUT[0], TEXT, "KeyZ"];

/** Begins what the team wrote, where a letter would not do. */
const TEXT = "=";

/** As a mask says it, on either keyboard; the cell is passed and keeps what it has. */
const TAKEN_OUT = ["x", "X", "х", "Х"];

export function listen() {
  addEventListener("keydown", pressed);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (!key.value.length || !is_of_grid(event)) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") return act(event, undo);
  if (event.ctrlKey || event.metaKey) return;
  const command = COMMANDS[event.code];
  if (command && (event.altKey || !begins_text(event))) return act(event, command);
  if (event.altKey) return;
  const known = (event.shiftKey && KEYS[`Shift+${event.code}`]) || KEYS[event.code];
  if (known) return act(event, known);
  const letter = event.key;
  if (",.".includes(letter) && go_on_with_total()) return event.preventDefault();
  if (takes_number_here()) {
    if (/^[\d.,]$/.test(letter) || (letter === "-" && !draft.value)) return act(event, () => type(letter));
  } else if (letter in MARKS) return act(event, () => mark_here(MARKS[letter]));
  if (TAKEN_OUT.includes(letter) && is_taken_out_here()) return act(event, pass_taken_out);
  if (letter === "?" || event.code === "Slash") return act(event, () => mark_here("?"));
  if (takes_text_here() && [...letter].length === 1) act(event, () => open_text(letter === TEXT ? "" : letter));
}

/** True if this letter begins what the team wrote, though it is a command elsewhere. @param {KeyboardEvent} event */
function begins_text({ shiftKey }) {
  return takes_text_here() && (shiftKey || writes_words.value);
}

/** Whoever marks again types no words any more. @param {string} value */
function mark_here(value) {
  writes_words.value = false;
  mark(value);
}

/** @param {KeyboardEvent} event @param {() => void} then */
function act(event, then) {
  event.preventDefault();
  take_keys();
  then();
}
