/**
 * What this page knows of the battle and of the team's announcement. The token of the private link stands behind the #, which no server
 * is told, and goes into a header; the page keeps it in the address, for that is what a team saves.
 */
import { signal } from "@preact/signals";
import { wear } from "/browser/parts/theme.js";
import { say_in } from "/browser/words.js";

/**
 * @typedef {{name: string, captain: string, people: number, venue: string | null, contact: string}} Said
 * @typedef {{id: string, name: string, city?: string, starts?: string}} Venue
 * @typedef {{code: string, detail?: string}} Refusal
 */

const TOKEN = /^#([A-Za-z0-9_-]{16,128})$/;
const PIN = /^\/announce\/(\d+)/;
const FRESH_MS = 10_000; // while the host decides: whoever looks sees it soon

export const token = signal(TOKEN.exec(location.hash)?.[1] ?? "");
export const pin = signal(PIN.exec(location.pathname)?.[1] ?? "");
/** The battle, with `said`, `is` and `team` where the link is known. @type {import("@preact/signals").Signal<Record<string, any> | null>} */
export const known = signal(null);
/** Why not. @type {import("@preact/signals").Signal<Refusal | null>} */
export const refused = signal(null);
export const busy = signal(false);
/** True while what was announced is being corrected. */
export const correcting = signal(false);

export function begin() {
  addEventListener("hashchange", () => location.reload());
  void look();
  setInterval(() => token.value && known.value?.is === "waiting" && !busy.value && document.visibilityState === "visible" && look(), FRESH_MS);
}

export async function look() {
  if (token.value) await own({ do: "look" });
  else if (pin.value) keep(await request(`/announce/${pin.value}.json`));
}

/** Sends what the team says of itself; from then on this page is its private link. @param {Said} said */
export async function announce(said) {
  const answer = await post(`/announce/${pin.value}.json`, said);
  if (!answer.token) {
    keep(answer);
    return;
  }
  token.value = answer.token;
  history.replaceState(null, "", `/announced#${answer.token}`);
  await look();
}

/** @param {{do: "look" | "correct" | "withdraw" | "count", said?: Said, people?: number}} wish @returns {Promise<boolean>} whether it was done */
export async function own(wish) {
  return keep(await post("/announced.json", wish));
}

/** @param {Record<string, any>} answer */
function keep(answer) {
  refused.value = answer.code ? /** @type {Refusal} */ (answer) : null;
  if (answer.code) return false;
  if (!known.value && !localStorage.getItem("quiz.language") && !new URLSearchParams(location.search).has("lang")) say_in(answer.language);
  known.value = answer;
  pin.value = answer.pin;
  wear(answer.theme);
  return true;
}

/** @param {string} where @param {unknown} what */
async function post(where, what) {
  busy.value = true;
  const headers = { "Content-Type": "application/json", ...(token.value && { Authorization: `Bearer ${token.value}` }) };
  const answer = await request(where, { method: "POST", headers, body: JSON.stringify(what) });
  busy.value = false;
  return answer;
}

/** Never rejects. @param {string} where @param {RequestInit} [how] @returns {Promise<Record<string, any>>} */
async function request(where, how = {}) {
  try {
    return await (await fetch(where, how)).json();
  } catch {
    return { code: "offline" };
  }
}
