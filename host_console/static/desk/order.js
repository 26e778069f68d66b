/** In which order the rows lie: as the printed sheets do, by number, or by name. The device remembers what was chosen. */
import { signal } from "@preact/signals";

const STORE = "quiz.desk.order";

/** @type {import("@preact/signals").Signal<"number" | "name">} */
export const order = signal(localStorage.getItem(STORE) === "name" ? "name" : "number");

export function turn_order() {
  order.value = order.value === "number" ? "name" : "number";
  localStorage.setItem(STORE, order.value);
}

/** The rows as they lie; the server sends them by name. @param {import("./sheet.js").Row[]} rows */
export function in_order(rows) {
  return order.value === "name" ? rows : [...rows].sort((a, b) => number_of(a) - number_of(b));
}

/** The number of a team's own sheet, in any round; who has none lies below. @param {import("./sheet.js").Row} row */
function number_of({ sheets }) {
  return sheets.length ? Number(sheets[0].split("-")[1]) : Infinity;
}
