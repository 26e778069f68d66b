/** What the team says to a question, as far as this phone knows: on its way, saved, or nothing yet. */
import { is_linked, mine, moment, outbox, view } from "./team.js";

/**
 * @typedef {object} Answer
 * @property {"none" | "sending" | "waiting" | "saved"} is waiting: there is no connection
 * @property {any} value undefined: nothing
 * @property {number} revision the team's latest that this phone has seen
 * @property {number} at when it was saved, ms of Date.now; 0: not by this phone
 * @property {import("/browser/outbox.js").Told | undefined} told what became of this phone's last one
 */

/** @param {Record<string, any>} question @returns {Answer} */
export function answer_to(question) {
  const { id, opening } = question;
  const kept = here(outbox.kept.value[id], opening);
  const told = here(outbox.told.value[id], opening);
  const known = here(mine.value?.answers[id], opening);
  const ours = told?.verdict === "recorded" && told.revision >= (known?.revision ?? 0) ? told : undefined;
  const saved = ours ?? known;
  const revision = Math.max(saved?.revision ?? 0, told?.revision ?? 0);
  if (kept) return { is: is_linked.value ? "sending" : "waiting", value: kept.value, revision, at: 0, told };
  return { is: saved ? "saved" : "none", value: saved?.value, revision, at: ours?.at ?? 0, told };
}

/** An answer to another opening of the question is no answer to this one. @template T @param {T | undefined} said @param {number} opening */
function here(said, opening) {
  return said && (/** @type {any} */ (said).opening ?? opening) === opening ? said : undefined;
}

/** May this question be answered now? @param {Record<string, any>} question */
export function is_open(question) {
  if (!question.opening || question.voided || on_paper() || is_locked(question)) return false;
  const is = moment.value.is;
  return question.id === view.value?.question ? is === "open" : is !== "over";
}

/** The first answer counts, and there is one. @param {Record<string, any>} question */
export function is_locked(question) {
  return view.value?.round?.counts === "first" && answer_to(question).is !== "none";
}

/** The team's points of this question come from its sheet. */
export function on_paper() {
  return mine.value?.source === "paper";
}

/** @param {Record<string, any>} question @param {any} value */
export function say(question, value) {
  if (is_open(question)) outbox.put(question.id, question.opening, value, answer_to(question).revision);
}

/** Equal answers, lists in any order. @param {any} one @param {any} other */
export function same(one, other) {
  return Array.isArray(one) && Array.isArray(other) ? [...one].sort().join() === [...other].sort().join() : one === other;
}
