/** A line of text in a cell: what the team wrote, instead of a mark. Enter writes it, Escape forgets it. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { FOOT, cursor, move, question_here, team_here, typed } from "./cursor.js";
import { finish, forget_typed, is_answer } from "./marking.js";
import { key } from "./room.js";
import { text_of } from "./said.js";
import { cell, on_phones } from "./sheet.js";

const MOST_LETTERS = 200;

/** True while somebody types words and not marks: then every letter begins one, and commands go with Alt. */
export const writes_words = signal(false);

/** @param {string | undefined} question */
const takes_text = (question) => Boolean(key.value.find((each) => each.id === question)?.takes_text);

export function takes_text_here() {
  const [team, question] = [team_here(), question_here()];
  return cursor.value.row !== FOOT && Boolean(team && question && takes_text(question) && !on_phones(team, question));
}

/** Opens the line with this in it; without anything, with the text that stands in the cell. @param {string} [text] */
export function open_text(text) {
  const [team, question] = [team_here(), question_here()];
  if (!team || !question || !takes_text_here()) return;
  writes_words.value = true;
  typed.value = text ?? text_of(cell(team, question).value) ?? "";
}

/** @type {Record<string, () => void>} */
const KEYS = {
  Enter: () => finish() && move(0, 1),
  NumpadEnter: () => finish() && move(0, 1),
  Tab: () => finish() && move(0, 1),
  ArrowUp: () => finish() && move(-1, 0),
  ArrowDown: () => finish() && move(1, 0),
  Escape: forget_typed,
};

export function TextLine() {
  return html`<input class="cell-text" ref=${focused} value=${typed.value} aria-invalid=${!is_answer(question_here() ?? "", typed.value ?? "")} maxlength=${MOST_LETTERS} autocomplete="off" autocapitalize="off" spellcheck=${false}
    enterkeyhint="next" aria-label=${t("text.typed")} onInput=${write} onKeyDown=${pressed} onBlur=${left} />`;
}

/** For a thumb: always there, so that the telephone's own keys come with a press. */
export function PadLine() {
  const [team, question] = [team_here(), question_here()];
  const stands = team && question ? (text_of(cell(team, question).value) ?? "") : "";
  return html`<input class="input input-small pad-text" value=${typed.value ?? stands} placeholder=${t("text.typed")} maxlength=${MOST_LETTERS} autocomplete="off" autocapitalize="off"
    spellcheck=${false} enterkeyhint="next" aria-label=${t("text.typed")} onInput=${write} onKeyDown=${pressed} onBlur=${left} />`;
}

/** @param {InputEvent & {currentTarget: HTMLInputElement}} event */
function write({ currentTarget }) {
  typed.value = currentTarget.value;
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const then = event.isComposing ? undefined : KEYS[event.code];
  if (!then) return;
  event.preventDefault();
  then();
}

/** Whoever presses elsewhere has done with it; who looks at another window has not. */
function left() {
  if (document.hasFocus()) finish();
}

/** @param {HTMLInputElement | null} line */
function focused(line) {
  if (!line || document.activeElement instanceof HTMLInputElement) return; // on a telephone one types below the grid
  line.focus();
  line.setSelectionRange(line.value.length, line.value.length);
}
