/**
 * What this desk last knew, kept on the device so that it opens and goes on after a reload or lost power, with no server: the view,
 * the sheets, the rounds of the evening with their sealed keys, what was declared and opened here. Of one battle and venue at a time;
 * another key than the one it was kept under finds nothing.
 *
 * @typedef {{salt: string, nonce: string, sealed: string}} SealedKey
 * @typedef {{scope: string, round: string, number: number, title: any, questions: number, slip?: number,
 *   teams: import("./sheet.js").Row[], key?: SealedKey}} Coming a scope of the evening
 * @typedef {{view: any, evening: Coming[], collected: string[], keys: Record<string, any[]>}} Known `collected`: scopes that were
 *   declared here and that the server has not heard of; `keys`: those that were opened by a code
 */
import { effect, signal } from "@preact/signals";
import { openDB } from "idb";
import { place, session } from "./place.js";

const NOTHING = /** @type {Known} */ ({ view: null, evening: [], collected: [], keys: {} });
const PARTS = /** @type {const} */ (["view", "evening", "collected", "keys"]);

const db = await openDB("quiz-evening", 1, { upgrade: (fresh) => void fresh.createObjectStore("known") }).catch(() => null);

/** The battle and venue that is remembered. */
let of = "";

/** @type {import("@preact/signals").Signal<Known>} */
export const known = signal(await recalled());

/** @returns {Promise<Known>} */
async function recalled() {
  const last = await db?.get("known", place);
  if (!last || last.token !== session.token) return NOTHING;
  of = last.of;
  return parts();
}

async function parts() {
  const found = await Promise.all(PARTS.map((part) => db?.get("known", `${of} ${part}`)));
  return /** @type {Known} */ ({ ...NOTHING, ...Object.fromEntries(PARTS.map((part, at) => [part, found[at]]).filter(([, is]) => is)) });
}

/** From now on this is known too, and kept. @param {Partial<Known>} news */
export async function learn(news) {
  known.value = { ...known.value, ...news };
  await Promise.all(Object.entries(news).map(([part, value]) => db?.put("known", value, `${of} ${part}`)));
}

/** @param {string} scope @returns {Promise<{teams: import("./sheet.js").Row[], told: Record<string, Record<string, any>>} | undefined>} */
export const recall_sheet = (scope) => db?.get("known", `${of} sheet ${scope}`) ?? Promise.resolve(undefined);

/** @param {string} scope @param {{teams: import("./sheet.js").Row[], told: Record<string, Record<string, any>>}} sheet */
export async function remember_sheet(scope, sheet) {
  await db?.put("known", sheet, `${of} sheet ${scope}`);
}

/** Follows what the server says. */
export function keep_knowing() {
  effect(() => {
    const seen = session.view.value;
    if (seen?.venue) queueMicrotask(() => saw(seen));
  });
  effect(() => {
    if (session.link_state.value.reason === "signed_out") queueMicrotask(forget_told);
  });
}

/** @param {Record<string, any>} view */
async function saw(view) {
  const now = `${view.battle.id} ${view.venue.id}`;
  if (now !== of) {
    of = now;
    known.value = { ...NOTHING, view };
    known.value = { ...(await parts()), view };
  }
  await db?.put("known", { token: session.token, of }, place);
  await learn({ view });
}

/** Whoever was signed out leaves nothing here of what the server told; what was entered stays. */
async function forget_told() {
  known.value = NOTHING;
  const all = (await db?.getAllKeys("known")) ?? [];
  const told = all.filter((key) => key === place || String(key).startsWith(`${of} `));
  await Promise.all(told.map((key) => db?.delete("known", key)));
}
