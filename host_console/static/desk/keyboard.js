/** Spreadsheet manners: marks are single keys, numbers are typed, arrows move, Enter ends a row. */
import { cursor, draft, go, move } from "./cursor.js";
import { look_for } from "./find_sheet.js";
import { end_row, erase, finish, forget_typed, mark, pass_taken_out, takes_number_here, type, undo } from "./marking.js";
import { turn_order } from "./order.js";
import { key, next_scope } from "./room.js";
import { HALF } from "./sums.js";

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
  Escape: forget_typed,
  Space: () => finish() && move(0, 1),
};

/** @type {Record<string, string>} */
const MARKS = { 1: "1", 0: "0", 5: HALF, "-": "-" };

/** As a mask says it, on either keyboard; the cell is passed and keeps what it has. */
const TAKEN_OUT = ["x", "X", "х", "Х"];

export function listen() {
  addEventListener("keydown", pressed);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (!key.value.length || (event.target instanceof Element && event.target.closest("input, [role=dialog], a, button"))) return;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") return act(event, undo);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.code === "KeyR") return act(event, next_scope);
  if (event.code === "KeyO") return act(event, () => finish() && turn_order());
  if (event.code === "KeyN") return act(event, () => finish() && look_for());
  const known = KEYS[event.code];
  if (known) return act(event, known);
  const letter = event.key;
  if (takes_number_here()) {
    if (/^[\d.,]$/.test(letter) || (letter === "-" && !draft.value)) return act(event, () => type(letter));
  } else if (letter in MARKS) return act(event, () => mark(MARKS[letter]));
  if (TAKEN_OUT.includes(letter)) return act(event, pass_taken_out);
  if (letter === "?" || event.code === "Slash") act(event, () => mark("?"));
}

/** @param {KeyboardEvent} event @param {() => void} then */
function act(event, then) {
  event.preventDefault();
  then();
}
