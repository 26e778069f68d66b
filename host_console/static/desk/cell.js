/**
 * What stands in a cell: a function of the operations this device knows, the same as the server's. Marks on their way are counted in,
 * so that what is typed is seen at once.
 *
 * @typedef {{name: string, who: string, value: string, at?: number}} Present `at`: when the server had it; not while it is only here
 * @typedef {Present & {is: "waits" | "refused"}} Late what came after its gate and does not count
 * @typedef {{state: "empty" | "marked" | "disputed", value: string, present: Present[], late?: Late[], by?: number, right?: boolean}} Cell `by`: how
 *   many people have written into it, where marks are entered twice; `right`: of a typed text, if the server has said so
 * @typedef {object} Operation as it goes to the server
 * @property {string} device
 * @property {number} counter
 * @property {string} venue
 * @property {string} team
 * @property {string} round
 * @property {string} question
 * @property {string} who
 * @property {string} value
 * @property {string[]} over
 * @property {string} [why]
 */
import { said } from "./said.js";

/** @type {Cell} */
export const EMPTY = { state: "empty", value: "", present: [] };

/** @param {{device: string, counter: number}} operation */
export const name_of = ({ device, counter }) => `${device}:${counter}`;

/**
 * @param {Cell | undefined} told what the server said last
 * @param {Operation[]} own operations of this device that it has not confirmed
 * @returns {Cell}
 */
export function cell_of(told, own) {
  if (!own.length) return told ?? EMPTY;
  const replaced = new Set(own.flatMap((operation) => operation.over));
  const known = new Map((told?.present ?? []).map((each) => [each.name, each]));
  for (const operation of own)
    known.set(name_of(operation), { name: name_of(operation), who: operation.who, value: operation.value });
  const here = said_by([...known.values()].filter((each) => !replaced.has(each.name)));
  const right = told?.right !== undefined && here.value === told.value ? { right: told.right } : {};
  return { ...here, ...right, ...(told?.late && { late: told.late.filter((each) => !replaced.has(each.name)) }), ...(told?.by !== undefined && { by: told.by }) };
}

/** @param {Present[]} present @returns {Cell} */
function said_by(present) {
  /** @type {Map<string, Present>} */
  const latest = new Map();
  for (const each of present) {
    const best = latest.get(each.who);
    if (!best || is_later(each.name, best.name)) latest.set(each.who, each);
  }
  const values = [...new Set([...latest.values()].map((each) => each.value).filter(Boolean))]; // who took a mark back says nothing
  if (new Set(values.map(said)).size > 1) return { state: "disputed", value: "", present };
  const [value = ""] = values.sort(); // of several spellings the one that the server would show
  return { state: value ? "marked" : "empty", value, present };
}

/** @param {string} name @param {string} than */
function is_later(name, than) {
  const [counter, other] = [name, than].map((each) => Number(each.slice(each.lastIndexOf(":") + 1)));
  return counter === other ? name > than : counter > other;
}

/** The values that stand against each other, each once. @param {Cell} cell */
export function versions(cell) {
  return [...new Set(cell.present.map((each) => each.value))];
}
