/** Writing into the cell under the cursor. Every mark says which operations it saw there; undo is one more mark, over the last. */
import { draft, move, next_row, question_here, team_here } from "./cursor.js";
import { enter } from "./outgoing.js";
import { key, scope, view } from "./room.js";
import { TOTAL, cell, on_phones } from "./sheet.js";
import { signs_as } from "./who.js";
import { waits, wants_why } from "./why.js";

const MOST_LETTERS = 30;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** @type {{team: string, question: string, before: string}[]} */
const done = [];

/** True where a number is written instead of a mark. @param {string | undefined} question */
export function takes_number(question) {
  return question === TOTAL || Boolean(key.value.find((each) => each.id === question)?.takes_value);
}

/**
 * Writes a value over what the scorekeeper saw, and over nothing else.
 * @param {string} team
 * @param {string} question
 * @param {string} value
 * @param {import("./cell.js").Cell} [seen]
 */
export function write(team, question, value, seen = cell(team, question)) {
  if (on_phones(team, question) || (seen.state !== "disputed" && seen.value === value)) return;
  const then = (/** @type {string} */ why) => {
    done.push({ team, question, before: seen.value });
    put(team, question, value, seen, why);
  };
  if (wants_why(seen)) waits.value = then;
  else then("");
}

/** @param {string} team @param {string} question @param {string} value @param {import("./cell.js").Cell} seen @param {string} [why] */
function put(team, question, value, seen, why = "") {
  const over = [...seen.present, ...(seen.late ?? [])].map((each) => each.name);
  const signed = { who: signs_as.value, ...(why && { why }) };
  enter({ venue: view.value?.venue.id, team, round: scope.value.round, question, ...signed, value, over });
}

/** One key of a mark: right, wrong, nothing, ask the host. @param {string} value */
export function mark(value) {
  const [team, question] = [team_here(), question_here()];
  if (!team || !question || question === TOTAL) return;
  draft.value = null;
  write(team, question, value);
  move(0, 1);
}

/** One more letter of a number. @param {string} letter */
export function type(letter) {
  const text = (draft.value ?? "") + letter;
  if (text.length <= MOST_LETTERS) draft.value = text;
}

/** Takes the last letter back, or the mark. */
export function erase() {
  const [team, question] = [team_here(), question_here()];
  if (draft.value !== null) draft.value = draft.value.slice(0, -1) || null;
  else if (team && question) write(team, question, "");
}

/** Writes what is typed; false if it is no number. A minus alone says that nothing was written. */
export function finish() {
  const [team, question, text] = [team_here(), question_here(), draft.value];
  if (text === null) return true;
  if (!team || !question || !(NUMBER.test(text) || (text === "-" && question !== TOTAL))) return false;
  draft.value = null;
  write(team, question, text.replace(",", "."));
  return true;
}

/** Throws away what is typed. */
export function forget_typed() {
  draft.value = null;
}

/** The row is done. */
export function end_row() {
  if (finish()) next_row();
}

/** Puts back what stood there before the last mark of this page. */
export function undo() {
  if (draft.value !== null) return forget_typed();
  const last = done.pop();
  if (last) put(last.team, last.question, last.before, cell(last.team, last.question));
}
