/** What a question and its solution are called in words. */
import { local, t } from "/browser/words.js";
import { LETTERS } from "/browser/parts/drawings.js";

/** "Один ответ, 20 секунд". @param {Record<string, any>} question */
export function kind_and_time(question) {
  return `${t(`kind.${question.kind}`)}, ${t("seconds", { n: question.seconds })}`;
}

/** A decimal string as this language writes it, digits untouched. @param {string} value @param {string} language */
function written(value, language) {
  const [space, point] = language === "ru" ? ["\u00a0", ","] : [",", "."];
  const [whole, rest] = value.split(".");
  const grouped = whole.replace(/\d{5,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, space));
  return grouped.replace("-", "−") + (rest ? point + rest : "");
}

/** A number with its unit. @param {Record<string, any>} question @param {string} value */
export function number_words(question, value) {
  const unit = local(question.parts?.unit);
  return written(value, document.documentElement.lang) + (unit ? `\u00a0${unit}` : "");
}

/** The lines of a solution, the first one as shown. @param {Record<string, any>} question with its `solution` */
export function solution_lines(question) {
  const is = question.solution.is;
  if (is.right) {
    return question.options.flatMap((/** @type {any} */ option, /** @type {number} */ at) =>
      is.right.includes(option.id) ? [`${LETTERS[at]}. ${local(option.text)}`] : [],
    );
  }
  if (is.accept) return [...new Set(Object.values(ours_first(is.accept)).flat())];
  const value = number_words(question, is.value);
  return is.mode === "tolerance" ? [`${value} ± ${is.tolerance}`] : [value];
}

/** The first variant in this device's language, or in any. @param {Record<string, string[]>} accept variants by language */
export const shown_variant = (accept) => Object.values(ours_first(accept)).flat()[0] ?? "";

/** @param {Record<string, string[]>} accept variants by language */
function ours_first(accept) {
  const mine = document.documentElement.lang;
  return mine in accept ? { [mine]: accept[mine], ...accept } : accept;
}

/** What was said, as a person would write it: option ids become letters. @param {Record<string, any>} question @param {any} value */
export function said_words(question, value) {
  const letters = [value].flat().map((id) => LETTERS[question.options.findIndex((/** @type {any} */ option) => option.id === id)]);
  if (question.options.length) return letters.filter(Boolean).join(" ");
  return question.kind === "number" ? number_words(question, String(value)) : String(value);
}
