/**
 * The sum that stands on a sheet is typed to be held against its marks. It is written as soon as no further digit can follow: where it
 * fits, the row has ended; where it does not, the cursor stays, the mismatch is told, and Enter goes on over it. Enter out of habit, a
 * comma, or Backspace right after that still belong to the total.
 */
import { cursor, draft, go, next_row, question_here, team_here } from "./cursor.js";
import { key } from "./room.js";
import { TOTAL, cell, on_paper, teams } from "./sheet.js";
import { disagrees, hundredths, sum_of } from "./sums.js";

const NUMBER = /^\d+([.,]\d)?$/;

/** The total that was written by itself last, and where the cursor was then. */
let last = { team: "", typed: "", cursor: cursor.peek() };

/** Nothing was done since. */
const is_fresh = () => last.team !== "" && last.cursor === cursor.value && draft.value === null;

/** @param {string} typed @param {number} most what a sheet of this round can have, hundredths */
export function is_complete(typed, most) {
  return NUMBER.test(typed) && (/[.,]/.test(typed) || Number(typed) === 0 || hundredths(`${typed}0`) > most);
}

/** After a letter of a total: writes it, if it is all there and so are the marks. @param {string} typed @param {() => boolean} write */
export function settle(typed, write) {
  const team = team_here();
  if (!team || question_here() !== TOTAL) return;
  const asked = on_paper(team).filter((question) => !question.voided);
  const sum = sum_of(asked, (question) => cell(team, question));
  if (!sum.full || !is_complete(typed, asked.reduce((most, { points }) => most + points, 0)) || !write()) return;
  if (!disagrees(sum, hundredths(typed))) next_row();
  last = { team, typed, cursor: cursor.peek() };
}

/** True for an Enter that was already done: the total has ended its row. */
export function is_done_already() {
  const is_done = is_fresh() && question_here() !== TOTAL;
  last = { ...last, team: "" };
  return is_done;
}

/** Back to a total that was written just now; what was typed there, or null. */
export function back_to_total() {
  if (!is_fresh()) return null;
  go(teams.value.findIndex((row) => row.team === last.team), key.value.length);
  last = { ...last, team: "" };
  return last.typed;
}
