/** The line under a question: where the answer is, and what may still be done. The one place that says "saved". */
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { because, t, time_of_day } from "/browser/words.js";
import { answer_to, on_paper } from "./answers.js";
import { unsent } from "./drafts.js";
import { said_words } from "./said.js";
import { moment, view } from "./team.js";

/** @typedef {{tone: "" | "is-saved" | "is-waiting" | "is-refused", icon?: string, text: string, then?: string}} Line `then`: what may be done about it */

/** @param {{line: Line}} props */
export function Status({ line }) {
  return html`<p class=${`phone-status ${line.tone}`} role="status">
    ${line.icon && html`<${Icon} name=${line.icon} />`}<span>${line.text}${line.then && html`<br />${line.then}`}</span></p>`;
}

/** @param {Record<string, any>} question @returns {Line} */
export function line_of(question) {
  if (question.voided) return { tone: "", text: t("status.voided") };
  if (on_paper()) return { tone: "", icon: "sheet", text: t("status.on_paper") };
  const answer = answer_to(question);
  const said = said_words(question, answer.value);
  if (answer.is === "sending") return { tone: "is-waiting", icon: "clock", text: t("status.sending", { said }) };
  if (answer.is === "waiting") return { tone: "is-waiting", icon: "clock", text: t("status.waiting", { said }), then: t("status.in_time") };
  return refused(question, answer) ?? not_sent(question) ?? (answer.is === "saved" ? saved(answer, said) : invitation(question));
}

/** An answer of this phone that did not come to count. @param {Record<string, any>} question @param {any} answer @returns {Line | undefined} */
export function refused(question, { told, value }) {
  if (!told || told.verdict === "recorded" || told.verdict === "conflict") return undefined;
  const words = {
    said: said_words(question, told.value),
    standing: said_words(question, value),
    seconds: Math.max(0.1, Math.round((told.late_ms ?? 0) / 100) / 10),
  };
  const text = told.verdict === "refused" ? because({ code: told.code ?? "" }) : t(`status.${told.verdict}`, words);
  return { tone: "is-refused", icon: "alert", text };
}

/** Something is written and not sent. @param {Record<string, any>} question @returns {Line | undefined} */
function not_sent(question) {
  if (unsent(question) === undefined || moment.value.is === "over") return undefined;
  return { tone: "is-waiting", text: t("status.unsent") };
}

/** @param {any} answer @param {string} said @returns {Line} */
function saved(answer, said) {
  const where = answer.at ? t("status.saved", { said, time: time_of_day(answer.at, true) }) : t("status.saved_elsewhere", { said });
  const may_change = view.value?.round.counts !== "first" && moment.value.is !== "over";
  return { tone: "is-saved", icon: "check", text: where, then: may_change ? t("status.may_change") : undefined };
}

/** Nothing is said yet. @param {Record<string, any>} question @returns {Line} */
function invitation(question) {
  const { is, left } = moment.value;
  if (is === "over") return { tone: "", text: t("status.no_answer") };
  if (question.id === view.value?.question) {
    if (is === "shown") return { tone: "", text: t("status.shown") };
    if (is === "reading") return { tone: "", text: t("status.reading", { n: left ?? 0 }) };
  }
  const rule = view.value?.round.counts === "first" ? "first" : "last";
  return { tone: "", text: t(`invitation.${question.kind}.${rule}`) };
}
