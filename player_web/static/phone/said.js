/** Answers and solutions in words: letters for options, numbers with their unit. */
import { LETTERS } from "/browser/parts/drawings.js";
import { decimal, local, t } from "/browser/words.js";

/** @param {Record<string, any>} question @param {string} id */
export function place_of(question, id) {
  return question.options.findIndex((/** @type {any} */ option) => option.id === id);
}

const SHORT = 16; // letters of an answer in a line about it

/** What was said, short enough for a status line. @param {Record<string, any>} question @param {any} value */
export function said_words(question, value) {
  if (value === undefined) return "";
  if (question.options.length === 0) return question.kind === "number" ? with_unit(question, String(value)) : t("quoted", { words: shortened(String(value)) });
  const letters = [value].flat().map((id) => LETTERS[place_of(question, id)] ?? "");
  return letters.sort().join(", ");
}

/** @param {string} text */
const shortened = (text) => (text.length > SHORT ? `${text.slice(0, SHORT - 1).trimEnd()}…` : text);

/** A number with its unit; what is no number stays as it was written. @param {Record<string, any>} question @param {string} value */
export function with_unit(question, value) {
  const unit = local(question.parts?.unit);
  const written = /^-?\d+(\.\d+)?$/.test(value) ? decimal(value) : value;
  return unit ? `${written}\u00a0${unit}` : written;
}

/** @param {Record<string, any>} question @param {number} at 0-based */
export function option_text(question, at) {
  return local(question.options[at].text);
}
