/** The rounds of the evening with their sealed keys: asked for whenever they may be others than those kept here. */
import { effect } from "@preact/signals";
import { known, learn } from "./memory.js";
import { is_on, session } from "./place.js";

const ROWS = 8; // a message: a round's sealed key has some 30 KB
const SOON_MS = 200; // after a welcome: the sheet on the table comes first
const NEWS_MS = [1_000, 5_000]; // after news: all desks hear them at once, and a judge's rulings come in rows

/** @type {ReturnType<typeof setTimeout> | undefined} */
let waits;

export function follow_evening() {
  effect(() => {
    if (session.welcome.value && is_on.value) ask_in(SOON_MS);
  });
  session.on("evening", () => ask_in(NEWS_MS[0] + Math.random() * (NEWS_MS[1] - NEWS_MS[0])));
}

/** @param {number} ms */
function ask_in(ms) {
  clearTimeout(waits);
  waits = setTimeout(ask, ms);
}

/** Keeps all of it, or nothing: half an evening would hide the other half. */
async function ask() {
  const welcome = session.welcome.value;
  const kept = new Map(known.value.evening.map((row) => [row.key?.nonce, row.key]));
  const have = [...kept.keys()].filter(Boolean);
  /** @type {import("./memory.js").Coming[]} */
  const rows = [];
  for (let of = 1; rows.length < of; ) {
    const { page } = await session.ask({ t: "page", of: "evening", start: rows.length, count: ROWS, have });
    if (!page || session.welcome.value !== welcome) return;
    of = page.of;
    if (!page.rows.length) break;
    rows.push(...page.rows.map((/** @type {any} */ row) => (row.key && !row.key.sealed ? { ...row, key: kept.get(row.key.nonce) } : row)));
  }
  learn({ evening: rows });
}
