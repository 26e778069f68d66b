/** Where the scorekeeper is: a row and a column. The last column is the sheet's own total. */
import { effect, signal } from "@preact/signals";
import { first_look, key, scope_id } from "./room.js";
import { TOTAL, cell, on_paper, on_phones, teams } from "./sheet.js";
import { sum_of } from "./sums.js";

/** @type {import("@preact/signals").Signal<{row: number, column: number}>} */
export const cursor = signal({ row: 0, column: 0 });

/** The row below all sheets, where the venue's own list is held against the columns. */
export const FOOT = Infinity;

/** What is being typed into a cell that takes more than one key; null while nothing is. @type {import("@preact/signals").Signal<string | null>} */
export const draft = signal(null);

/** What is being typed into the line of a cell that takes what the team wrote; null while nothing is. @type {import("@preact/signals").Signal<string | null>} */
export const typed = signal(null);

/** Columns by question, the total last. */
export const columns = () => [...key.value.map((question) => question.id), TOTAL];

export const team_here = () => teams.value[cursor.value.row]?.team;
export const question_here = () => columns()[cursor.value.column];

/** @param {number} row @param {number} column kept within the grid; below its last row is the foot */
export function go(row, column) {
  const last = Math.max(0, teams.value.length - 1);
  const widest = key.value.length - (row > last ? 1 : 0);
  cursor.value = { row: row > last ? FOOT : Math.max(row, 0), column: Math.min(Math.max(column, 0), widest) };
}

/** @param {number} by rows @param {number} across columns; over a row's end it goes on in the next one */
export function move(by, across) {
  const { column } = cursor.value;
  const row = Math.min(cursor.value.row, teams.value.length);
  const width = key.value.length + 1;
  while (across && closed(row, column + across)) across += Math.sign(across);
  if (across > 0 && column + across >= width) return row + 1 < teams.value.length ? go(row + 1, 0) : undefined;
  if (across < 0 && column + across < 0) return row > 0 ? go(row - 1, width - 1) : undefined;
  go(row + by, column + across);
}

/** Cells of questions that the team plays on its phones are passed over. @param {number} row @param {number} column */
function closed(row, column) {
  const [team, question] = [teams.value[row]?.team, columns()[column]];
  return Boolean(team && question && on_phones(team, question));
}

/** The next sheet from its beginning: after the one that is done, the first that has nothing in it; else just the next. */
export function next_row() {
  const after = teams.value.findIndex(
    ({ team }, at) => at > cursor.value.row && !sum_of(on_paper(team), (question) => cell(team, question)).whole,
  );
  const row = after < 0 ? Math.min(cursor.value.row + 1, teams.value.length - 1) : after;
  go(row, Math.max(0, key.value.findIndex((_, column) => !closed(row, column))));
}

/** Rows come, go and change places: the next key still belongs to the sheet that is in the hand. */
function stay_with_team() {
  let here = "";
  let listed = teams.value;
  effect(() => {
    const row = listed === teams.value ? -1 : teams.value.findIndex(({ team }) => team === here);
    listed = teams.value;
    if (row >= 0 && row !== cursor.value.row) go(row, cursor.value.column);
    here = team_here() ?? "";
  });
}

/** Looks at the cell the console sent us to, once it is there; at the first one in a new scope. */
export function place_cursor() {
  let looked = false;
  effect(() => {
    scope_id.value;
    cursor.value = { row: 0, column: 0 };
    draft.value = typed.value = null;
  });
  stay_with_team();
  effect(() => {
    const row = teams.value.findIndex(({ team }) => team === first_look.team);
    if (looked || row < 0 || !key.value.length) return;
    looked = true;
    go(
      row,
      Math.max(
        0,
        key.value.findIndex((question) => question.id === first_look.question),
      ),
    );
  });
}
