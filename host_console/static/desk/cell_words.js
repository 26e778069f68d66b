/** A cell in words, for who does not see its lines, hatches and colours: what stands in it, and what has become of that. */
import { points, t } from "/browser/words.js";
import { mark_words } from "../parts/history.js";
import { versions } from "./cell.js";
import { key, question_of } from "./room.js";
import { TOTAL } from "./sheet.js";
import { HALF } from "./sums.js";

/** @typedef {import("./cell.js").Cell} Cell */
/** @typedef {"" | "here" | "sent"} Way where a mark is that the server has not confirmed: on this device alone, or on its way */

/** @type {Record<string, string>} */
const SAID = { 1: "right", 0: "wrong", [HALF]: "half", "-": "blank", "?": "asked" };

/** The column, by the number of its question. @param {string} question */
export function column_words(question) {
  return question === TOTAL ? t("on_sheet.lower") : t("question.lower", { n: key.value.findIndex((each) => each.id === question) + 1 });
}

/** @param {string} question @param {Cell} shown @param {Way} way */
export function cell_words(question, shown, way) {
  return [column_words(question), ...what(question, shown), ...fate(shown, way)].join(", ");
}

/** @param {string} question @param {Cell} shown */
function what(question, { state, value, present, by }) {
  if (state === "disputed") return [t("cell.disputed"), versions({ state, value, present }).map(mark_words).join(" / ")];
  if (state === "marked") return [said(question, value)];
  return by ? [] : [t("cell.empty")];
}

/** @param {string} question @param {string} value */
function said(question, value) {
  if (question === TOTAL) return points(Number(value) * 100);
  const takes_value = question_of(question)?.takes_value;
  return value in SAID && !(takes_value && ["1", "0", HALF].includes(value)) ? t(SAID[value]) : mark_words(value);
}

/** @param {Cell} shown @param {Way} way */
function fate({ state, late, by }, way) {
  const words = [
    by && (by > 1 ? "legend.twice" : "legend.once"),
    state !== "empty" && (way ? `legend.${way}` : "legend.confirmed"),
    late?.some((each) => each.is === "waits") && "legend.late",
  ];
  return words.filter((each) => typeof each === "string").map((each) => t(each));
}
