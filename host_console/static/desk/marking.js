/** Writing into the cell under the cursor. Every mark says which operations it saw there; undo is one more mark, over the last. */
import { batch, computed, effect } from "@preact/signals";
import { note } from "./column_totals.js";
import { FOOT, cursor, draft, move, next_row, question_here, team_here, typed } from "./cursor.js";
import { enter } from "./outgoing.js";
import { question_of, scope, scope_id, view } from "./room.js";
import { fold, number_of, typed_as } from "./said.js";
import { TOTAL, cell, on_phones } from "./sheet.js";
import { back_to_total, is_done_already, settle } from "./typed_total.js";
import { signs_as, who } from "./who.js";
import { waits, wants_why } from "./why.js";

const MOST_LETTERS = 30;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** What one undo takes back, the last at the end. @type {{team: string, question: string, before: string}[][]} */
let done = [];

/** What was written on another round's sheets, or by somebody else, is not taken back here. */
export function forget_done_elsewhere() {
  const sits = computed(() => who.value?.id);
  effect(() => {
    scope_id.value;
    sits.value;
    done = [];
  });
}

/** True where a number is written instead of a mark. */
export const takes_number_here = () => cursor.value.row === FOOT || takes_number(question_here());

/** @param {string | undefined} question */
export function takes_number(question) {
  return question === TOTAL || Boolean(question_of(question)?.takes_value);
}

/**
 * Writes a value over what the scorekeeper saw, and over nothing else.
 * @param {string} team
 * @param {string} question
 * @param {string} value
 * @param {import("./cell.js").Cell} [seen]
 */
export function write(team, question, value, seen = cell(team, question)) {
  write_seen([{ team, question, value, seen }]);
}

/** Many at once, as from a clipboard: over what is seen there now, with one reason, and one undo takes them all back.
 * @param {{team: string, question: string, value: string}[]} entries */
export function write_all(entries) {
  write_seen(entries.map((entry) => ({ ...entry, seen: cell(entry.team, entry.question) })));
}

/** @param {{team: string, question: string, value: string, seen: import("./cell.js").Cell}[]} entries */
function write_seen(entries) {
  const news = entries.filter(({ team, question, value, seen }) => !on_phones(team, question) && (seen.state === "disputed" || seen.value !== value));
  const then = (/** @type {string} */ why) =>
    batch(() => {
      if (news.length) done.push(news.map(({ team, question, seen }) => ({ team, question, before: seen.value })));
      for (const { team, question, value, seen } of news) put(team, question, value, seen, wants_why(seen) ? why : "");
    });
  if (news.some(({ seen }) => wants_why(seen))) waits.value = then;
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
  forget_typed();
  write(team, question, value);
  move(0, 1);
}

export const is_taken_out_here = () => Boolean(question_of(question_here())?.voided);

/** A question that was taken out says nothing on any sheet. */
export function pass_taken_out() {
  if (finish()) move(0, 1);
}

/** One more letter of a number. @param {string} letter */
export function type(letter) {
  const text = (draft.value ?? "") + letter;
  if (text.length > MOST_LETTERS) return;
  draft.value = text;
  settle(text, finish);
}

/** A comma right after a total that was complete without it. True if there was one. */
export function go_on_with_total() {
  const typed = back_to_total();
  if (typed !== null) draft.value = `${typed},`;
  return typed !== null;
}

/** Takes the last letter back, or the mark. */
export function erase() {
  back_to_total();
  const [team, question] = [team_here(), question_here()];
  if (draft.value !== null) draft.value = draft.value.slice(0, -1) || null;
  else if (cursor.value.row === FOOT) note(question, "");
  else if (team && question) write(team, question, "");
}

/** Writes what is typed; false if it is no number. A minus alone says that nothing was written. */
export function finish() {
  const [team, question, text] = [team_here(), question_here(), draft.value];
  if (typed.value !== null) return finish_text(team, question, typed.value);
  if (text === null) return true;
  if (cursor.value.row === FOOT) return note(question, text) && (forget_typed(), true);
  if (!team || !question || !(NUMBER.test(text) || (text === "-" && question !== TOTAL))) return false;
  draft.value = null;
  write(team, question, text.replace(",", "."));
  return true;
}

/** Writes what the team wrote; false if that cannot be an answer here. Without a letter in it nothing is written.
 * @param {string | undefined} team @param {string | undefined} question @param {string} text */
function finish_text(team, question, text) {
  if (!team || !question || !is_answer(question, text)) return false;
  typed.value = null;
  if (fold(text)) write(team, question, typed_as(text));
  return true;
}

/** @param {string} question @param {string} text */
export function is_answer(question, text) {
  return question_of(question)?.kind !== "number" || !text.trim() || number_of(text) !== null;
}

/** Throws away what is typed. */
export function forget_typed() {
  draft.value = typed.value = null;
}

/** The row is done; in the foot, the column. */
export function end_row() {
  if (is_done_already()) return;
  if (!finish()) return;
  if (cursor.value.row === FOOT) move(0, 1);
  else next_row();
}

/** Puts back what stood there before the last mark, or the last paste, of this page. */
export function undo() {
  if (draft.value !== null) return forget_typed();
  batch(() => done.pop()?.forEach(({ team, question, before }) => put(team, question, before, cell(team, question))));
}
