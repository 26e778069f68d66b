/** Sums of a sheet in hundredths of a point, against the total that stands on the paper. */

/** @typedef {import("./cell.js").Cell} Cell */

import { sign_of, text_of } from "./said.js";

/** Half an answer, as it goes to the server; its key is 5. */
export const HALF = "0.5";

/**
 * @typedef {object} Sum
 * @property {number} points what is certain
 * @property {number} open what nearest-number questions may add; who is nearest, no desk alone can say
 * @property {number} up what cells that say nothing yet may add
 * @property {number} down what they may take
 * @property {boolean} whole no cell is missing, asked about or disputed
 * @property {boolean} texts something the team wrote waits for the judge
 * @property {boolean} full no cell is empty, whatever is asked about
 * @property {boolean} any something is written in it
 * @property {boolean} trouble something in it needs a person: a dispute, a question to the judge
 */

/**
 * @param {any[]} key questions
 * @param {(question: string) => Cell} cell
 * @returns {Sum}
 */
export function sum_of(key, cell) {
  const sum = { points: 0, open: 0, up: 0, down: 0, whole: true, full: true, texts: false, any: false, trouble: false };
  for (const question of key) {
    const shown = cell(question.id);
    const [{ state, value }, mark] = [shown, sign_of(shown)];
    if (state !== "empty") sum.any = true;
    if (question.voided) continue;
    if (state === "empty") sum.full = false;
    if (state === "disputed" || value === "?") sum.trouble = true;
    if (state !== "marked" || value === "?") {
      sum.whole = false;
      sum.up += question.points;
      sum.down += question.penalty;
    } else if (mark === "1" && !question.takes_value) sum.points += question.points;
    else if (mark === HALF && !question.takes_value) sum.points += Math.floor(question.points / 2);
    else if (mark === "0" && !question.takes_value) sum.points -= question.penalty;
    else if (text_of(mark) !== null) {
      sum.texts = true;
      sum.open += question.points;
      sum.down += question.penalty;
    } else if (mark !== "-") sum.open += question.points;
  }
  return sum;
}

/** A number as it is typed, a comma or a point in it. @param {string} typed */
export const hundredths = (typed) => Math.round(Number(typed.replace(",", ".")) * 100);

/** The paper's total in hundredths, null if none is entered. @param {Cell} total */
export function total_of(total) {
  return total.state === "marked" ? hundredths(total.value) : null;
}

/** True as soon as sheet and marks cannot both be right, whatever is still to come. @param {Sum} sum @param {number | null} total */
export function disagrees(sum, total) {
  if (total === null || !sum.any) return false;
  if (sum.whole && !sum.texts) return total !== sum.points && total !== sum.points + sum.open;
  return total < sum.points - sum.down || total > sum.points + sum.open + sum.up;
}
