/** What is written or marked and not sent yet: kept over a reload, and sent by itself in the last second. */
import { effect, signal } from "@preact/signals";
import { answer_to, is_open, same, say } from "./answers.js";
import { moment, questions } from "./team.js";

const STORE = "quiz.drafts";
const LAST_S = 1;

/** @type {import("@preact/signals").Signal<Record<string, any>>} */
const drafts = signal(read());

/** A draft belongs to one opening of a question. @param {Record<string, any>} question */
const key_of = (question) => `${question.id} ${question.opening ?? 0}`;

/** @param {Record<string, any>} question @returns {any} undefined: nothing was written since the last answer */
export function draft_of(question) {
  return drafts.value[key_of(question)];
}

/** @param {Record<string, any>} question @param {any} value undefined: there is none any more */
export function draft(question, value) {
  const { [key_of(question)]: _, ...rest } = drafts.value;
  drafts.value = value === undefined ? rest : { ...rest, [key_of(question)]: value };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(drafts.value));
  } catch {
    // A full or forbidden storage: it is still in memory.
  }
}

/** A draft that says something else than the team's answer. @param {Record<string, any>} question */
export function unsent(question) {
  const written = draft_of(question);
  const is_empty = written === undefined || (typeof written === "string" ? !written.trim() : written.length === 0);
  return is_empty || same(written, answer_to(question).value) ? undefined : written;
}

/** Sends the draft. @param {Record<string, any>} question */
export function send_draft(question) {
  const written = unsent(question);
  if (written === undefined) return;
  say(question, typeof written === "string" ? written.trim() : written);
  draft(question, undefined);
}

/** Whoever was still writing when the time ends has answered, unless a wrong answer costs points. */
export function send_at_the_end() {
  effect(() => {
    const { is, left, closes } = moment.value;
    if (is !== "open" || !closes || left === null || left > LAST_S) return;
    for (const question of questions.peek()) if (is_open(question) && question.penalty === 0) send_draft(question);
  });
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
  } catch {
    return {};
  }
}
