/** The numbers on sheets, `4-033-7`: round, the team's number, Damm's check digit. As battle/sheet_numbers.py reads them, without a network. */

const DAMM = "0317598642 7092154863 4206871359 1750983426 6123045978 3674209581 5869720134 8945362017 9438617205 2581436790".split(" ");
const WRITTEN = /^(?:(\d{6}) )?(?:(\d{1,2})[ -](\d{3,6})[ -](\d)|(\d)(\d{3})(\d))$/;

/** @param {string} digits */
export function check_digit(digits) {
  return [...digits].reduce((so_far, digit) => Number(DAMM[so_far]?.[Number(digit)]), 0);
}

/**
 * A number as it was typed, or what a sheet's QR code says.
 * @param {string} text
 * @param {string} pin of this battle
 * @returns {{round: number, number: string} | {code: string, detail?: string}} the number as it is printed, or why it is none
 */
export function read(text, pin) {
  const found = WRITTEN.exec(text.replace(/[‐‑‒–—−]/g, "-").trim().replace(/\s+/g, " "));
  if (!found) return { code: "no_sheet_number" };
  const [theirs, round = "", team = "", check] = [found[1], found[2] ?? found[5], found[3] ?? found[6], found[4] ?? found[7]];
  if (check_digit(round + team) !== Number(check)) return { code: "wrong_check_digit", detail: text };
  const is_ours = round[0] !== "0" && Number(team) > 0 && String(Number(team)).padStart(3, "0") === team;
  if (!is_ours) return { code: "no_sheet_number" };
  if (theirs && theirs !== pin) return { code: "sheet_of_another_battle" };
  return { round: Number(round), number: `${round}-${team}-${check}` };
}
