/**
 * What a clipboard says, as marks of a grid. Pure: rows of a spreadsheet (tabs and newlines) or mask strings (`1101?X`), each row perhaps
 * with its team's name or sheet number to the left. A line that does not fit is named and writes nothing.
 *
 * @typedef {import("./sheet.js").Row} Row
 * @typedef {{id: string, takes_number: boolean, voided: boolean}} Column
 * @typedef {{team: string, question: string, value: string}} Entry
 * @typedef {{line: number, code: string, detail: string}} Unfit `line`: from 1; `code` of a text `paste.<code>`
 */
import { HALF } from "./sums.js";

const NUMBER = /^-?\d+(\.\d+)?$/;
const SHEET = /^\d{1,2}-\d{3,6}-\d$/;
/** Letters of a Russian or English keyboard that look like the ones that are meant. @type {Record<string, string>} */
const LOOK_ALIKES = { О: "0", о: "0", O: "0", o: "0", З: "3", х: "X", Х: "X", x: "X", "–": "-", "—": "-", "−": "-", "‑": "-", "½": HALF };
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
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  lines.forEach((line, at) => {
    if (!line.trim()) return;
    const found = row_of(line.split("\t"), rows, cursor.row + at, columns.slice(cursor.column));
    if ("code" in found) unfit.push({ line: at + 1, ...found });
    else entries.push(...found.entries);
  });
  return { entries, unfit };
}

/** @param {string[]} cells @param {Row[]} rows @param {number} below @param {Column[]} columns @returns {{entries: Entry[]} | Omit<Unfit, "line">} */
function row_of(cells, rows, below, columns) {
  const [first, ...rest] = cells.map((cell) => cell.trim());
  const team = is_value(first, columns[0]) ? undefined : named(first, rows);
  const written = team ? spread(rest, columns) : spread([first, ...rest], columns);
  if (!team && !is_value(written.values[0], columns[0])) return { code: "no_team", detail: first };
  const row = team ?? rows[below];
  if (!row) return { code: "no_row", detail: "" };
  if (written.values.slice(columns.length).some(Boolean)) return { code: "too_wide", detail: row.name };
  return entries_of(row, written, columns);
}

/** @param {Row} row @param {{values: string[], masked: number}} written @param {Column[]} columns @returns {{entries: Entry[]} | Omit<Unfit, "line">} */
function entries_of(row, { values, masked }, columns) {
  /** @type {Entry[]} */
  const entries = [];
  for (const [at, { id, takes_number, voided }] of columns.entries()) {
    const said = values[at] ?? "";
    if (said === "" || (folded(said) === "X" && voided)) continue;
    if (row.online.includes(id)) return { code: "on_phones", detail: row.name };
    const value = takes_number ? number(said, at < masked) : plain(said);
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

/** @param {string | undefined} said @param {Column | undefined} column */
function is_value(said, column) {
  return !said || (column?.takes_number ? number(said) !== null : plain(said) !== null);
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
