/**
 * The venue's own list: how many were right in each question. It checks what was typed and decides nothing, so the server need not know
 * it: it stays on this device, for each round.
 */
import { computed, signal } from "@preact/signals";
import { question_of, scope_id, view } from "./room.js";
import { cell, on_phones, teams } from "./sheet.js";
import { sign_of } from "./said.js";
import { HALF } from "./sums.js";

const NUMBER = /^\d+([.,]\d)?$/;
/** By sign; undefined while nobody knows. */
const WORTH = /** @type {Record<string, number>} */ ({ 1: 1, [HALF]: 0.5, 0: 0, "-": 0 });

const store = computed(() => `quiz.desk.list.${view.value?.battle.id}.${scope_id.value}`);
const changed = signal(0);
/** What the list says, by question. @type {import("@preact/signals").ReadonlySignal<Record<string, number>>} */
const listed = computed(() => (changed.value, JSON.parse(localStorage.getItem(store.value) ?? "{}")));

/** True where right answers can be counted here: a nearest number is right or wrong only once all are known. @param {any} question */
export const is_counted = (question) => Boolean(question && !question.takes_value && !question.voided);

/** Null where the list says nothing. @param {string} question */
export const on_list = (question) => listed.value[question] ?? null;

/** Notes what the list says; false if it is no number. @param {string | undefined} question @param {string} text "" forgets it */
export function note(question, text) {
  if (!is_counted(question_of(question)) || !(text === "" || NUMBER.test(text))) return false;
  const { [question ?? ""]: _, ...rest } = listed.value;
  localStorage.setItem(store.value, JSON.stringify(text === "" ? rest : { ...rest, [question ?? ""]: Number(text.replace(",", ".")) }));
  changed.value += 1;
  return true;
}

/** How many are right in this column, and how many are not known yet. @param {string} question */
export function counted(question) {
  const known = teams.value.filter(({ team }) => !on_phones(team, question)).map(({ team }) => WORTH[sign_of(cell(team, question))]);
  return { right: known.reduce((sum, each) => sum + (each ?? 0), 0), open: known.filter((each) => each === undefined).length };
}

/** True as soon as no mark that is to come can make list and column one. @param {string} question */
export function is_off(question) {
  const wanted = on_list(question);
  if (wanted === null) return false;
  const { right, open } = counted(question);
  return wanted < right || wanted > right + open;
}
