/**
 * What a clipboard says, as marks of a grid. Pure: rows of a spreadsheet (tabs and newlines) or mask strings (`1101?X`), each row perhaps
 * with its team's name or sheet number to the left. Where a text can be marked, anything else is what the team wrote, unless other
 * lines begin with teams. A line that does not fit is named and writes nothing.
 *
 * @typedef {import("./sheet.js").Row} Row
 * @typedef {{id: string, takes_number: boolean, takes_text?: boolean, voided: boolean}} Column
 * @typedef {{team: string, question: string, value: string}} Entry
 * @typedef {{line: number, code: string, detail: string}} Unfit `line`: from 1; `code` of a text `paste.<code>`
 */
import { fold, text_of, typed_as } from "./said.js";
import { HALF } from "./sums.js";

const NUMBER = /^-?\d+(\.\d+)?$/;
const SHEET = /^\d{1,2}-\d{3,6}-\d$/;
/** Letters of a Russian or English keyboard that look like the ones that are meant. @type {Record<string, string>} */
const LOOK_ALIKES = { О: "0", о: "0", O: "0", o: "0", З: "3", х: "X", Х: "X", x: "X", "–": "-", "—": "-", "−": "-", "‑": "-", "½": HALF };
const FEWEST_LETTERS = 2; // of a text without its sign: one letter is rather a slip of the finger
const MARK = new Set(["1", "0", HALF, "-", "?", "X"]);

/**
 * @param {string} text
 * @param {Row[]} rows of the grid
 * @param {Column[]} columns of the grid, the total last
 * @param {{row: number, column: number}} cursor where the first line goes, unless it names its team
 * @returns {{entries: Entry[], unfit: Unfit[]}} in the order of the lines
 */
export function read(text, rows, columns, cursor) {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Unfit[]} */
  const unfit = [];
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
  const begin_with_teams = lines.some(([first, ...rest]) => rest.length && named(first, rows));
  lines.forEach((cells, at) => {
    if (!cells.some(Boolean)) return;
    const found = row_of(cells, rows, cursor.row + at, columns.slice(cursor.column), begin_with_teams);
    if ("code" in found) unfit.push({ line: at + 1, ...found });
    else entries.push(...found.entries);
  });
  return { entries, unfit };
}

/** @param {string[]} cells @param {Row[]} rows @param {number} below @param {Column[]} columns @param {boolean} begin_with_teams @returns {{entries: Entry[]} | Omit<Unfit, "line">} */
function row_of([first, ...rest], rows, below, columns, begin_with_teams) {
  const is_alone = columns[0]?.takes_text && !rest.length;
  const team = is_value(first, columns[0]) || is_alone ? undefined : named(first, rows);
  const written = team ? spread(rest, columns) : spread([first, ...rest], columns);
  if (!team && !is_value(written.values[0], columns[0], !begin_with_teams)) return { code: "no_team", detail: first };
  const row = team ?? rows[below];
  if (!row) return { code: "no_row", detail: "" };
  if (written.values.slice(columns.length).some(Boolean)) return { code: "too_wide", detail: row.name };
  return entries_of(row, written, columns);
}

/** @param {Row} row @param {{values: string[], masked: number}} written @param {Column[]} columns @returns {{entries: Entry[]} | Omit<Unfit, "line">} */
function entries_of(row, { values, masked }, columns) {
  /** @type {Entry[]} */
  const entries = [];
  for (const [at, column] of columns.entries()) {
    const { id, voided } = column;
    const said = values[at] ?? "";
    if (said === "" || (folded(said) === "X" && voided)) continue;
    if (row.online.includes(id)) return { code: "on_phones", detail: row.name };
    const value = value_of(said, column, at < masked);
    if (value === null || value === "X") return { code: "no_mark", detail: said };
    entries.push({ team: row.team, question: id, value });
  }
  return { entries };
}

/** The cells of a line; if the first is a mask, a letter a cell. @param {string[]} cells @param {Column[]} columns @returns {{values: string[], masked: number}} */
function spread([first = "", ...rest], columns) {
  const letters = [...folded(first.replace(/\s/g, "")).replaceAll(HALF, "½")];
  const is_mask = !is_value(first, columns[0]) && letters.every((letter) => plain(letter) !== null);
  return is_mask ? { values: [...letters, ...rest], masked: letters.length } : { values: [first, ...rest], masked: 0 };
}

/** @param {string | undefined} said @param {Column | undefined} column @param {boolean} bare a text without its sign will do */
function is_value(said, column, bare = false) {
  return !said || (value_of(said, column) !== null && (bare || plain(said) !== null || column?.takes_number || text_of(said) !== null));
}

/** @param {string} said @param {Column | undefined} column @param {boolean} masked */
function value_of(said, column, masked = false) {
  if (column?.takes_number) return number(said, masked);
  return plain(said) ?? (column?.takes_text && !masked ? text(said) : null);
}

/** What a team wrote. @param {string} said */
function text(said) {
  const words = text_of(said) ?? (said.length < FEWEST_LETTERS ? "" : said);
  return fold(words) ? typed_as(words) : null;
}

/** @param {string} said */
function folded(said) {
  return [...said.trim()].map((letter) => LOOK_ALIKES[letter] ?? letter).join("").replace(",", ".");
}

/** @param {string} said */
function plain(said) {
  const value = folded(said).replace(/^\.5$/, HALF).replace(/^([01])\.0+$/, "$1");
  return MARK.has(value) ? value : null;
}

/** @param {string} said a number with spaces and a comma, perhaps; nothing written; or a question to the judge @param {boolean} masked where no number can stand */
function number(said, masked = false) {
  const value = folded(said).replace(/\s/g, "");
  return (NUMBER.test(value) && !masked) || value === "-" || value === "?" || value === "X" ? value : null;
}

/** The row that a name or a sheet's number leads to. @param {string} said @param {Row[]} rows */
function named(said, rows) {
  const wanted = said.trim().replace(/[‐‑‒–—−]/g, "-").replace(/\s+/g, " ").toLowerCase();
  if (SHEET.test(wanted)) return rows.find(({ sheets }) => sheets.includes(wanted));
  const called = rows.filter(({ name }) => name.trim().replace(/[‐‑‒–—−]/g, "-").replace(/\s+/g, " ").toLowerCase() === wanted);
  return called.length === 1 ? called[0] : undefined;
}
