/**
 * What a mark says. Where a scorekeeper types what the team wrote (`=Ту-104`), two spellings of one answer say the same: as
 * battle/kinds/text.py folds them, for whatever people write; the server has the last word.
 */

const TYPED = "=";
const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const LEAVES = /[^\p{L}\p{N}\p{M}\p{S}]/gu;

/** What the team wrote, null for any other mark. @param {string} value */
export const text_of = (value) => (value.startsWith(TYPED) ? value.slice(TYPED.length) : null);

/** A mark as a sign: a text that is judged is right or wrong. @param {import("./cell.js").Cell} cell */
export const sign_of = ({ value, right }) => (right === undefined ? value : right ? "1" : "0");

/** @param {import("./cell.js").Cell} cell */
export const holds_text = ({ present }) => present.some(({ value }) => text_of(value) !== null);

/** @param {string} text */
export const typed_as = (text) => TYPED + text.trim();

/** @param {string} value */
export function said(value) {
  const text = text_of(value);
  return text === null ? value : TYPED + (number_of(text) ?? fold(text));
}

/** A number in one form, null for anything else: `−1,50` is -1.5. @param {string} text */
export function number_of(text) {
  const plain = text.replace(/[\s']/g, "").replace("−", "-").replace(",", ".");
  return NUMBER.test(plain) ? String(Number(plain)) : null;
}

/** Letters and digits alone, in one case, words parted by one space; ё is е. @param {string} text */
export function fold(text) {
  const bare = text.replace(/\p{Sk}/gu, "").normalize("NFKD");
  const lower = [...bare].map((letter) => letter.toUpperCase().toLowerCase()).join("").normalize("NFKD");
  const words = lower.replace(/[\p{Pd}−_/⁄\s]/gu, " ").replace(/[^ ]/gu, (letter) => letter.replace(LEAVES, "").replace("ʼ", ""));
  return words.normalize("NFC").replaceAll("ё", "е").split(" ").filter(Boolean).join(" ");
}
