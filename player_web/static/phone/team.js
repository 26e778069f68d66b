/** This phone's session: which battle it is at, what it may say, and the moment the question on the stage is in. */
import { computed, effect, signal } from "@preact/signals";
import { moments, ticking } from "/browser/moment.js";
import { Outbox } from "/browser/outbox.js";
import { wear } from "/browser/parts/theme.js";
import { Session } from "/browser/session.js";

const LAST_PIN = "quiz.pin";

/** The PIN of the address (out of a QR code), else of the battle this phone was at last. */
export const pin_at_start = /^\/j\/(\d+)/.exec(location.pathname)?.[1] ?? localStorage.getItem(LAST_PIN) ?? "";

export const session = new Session({ store: store_of(pin_at_start) });
export const outbox = new Outbox(session);
export const view = session.view;
export const mine = session.mine;
/** The room as it is; for pages that are only shown once there is one. @returns {Record<string, any>} */
export const room = () => /** @type {any} */ (view.value);
/** The team's own document, likewise. @returns {Record<string, any>} */
export const own = () => /** @type {any} */ (mine.value);

export const now_ms = ticking(session);
export const moment = moments(view, now_ms);
export const is_linked = computed(() => ["on", "slow"].includes(session.link_state.value.state));

/** Questions that may be looked at, in the round's order. */
export const questions = computed(() =>
  Object.values(view.value?.questions ?? {}).sort((/** @type {any} */ one, /** @type {any} */ other) => one.number - other.number),
);

/** The code by which a team-mate's phone comes to the same team; "" where this phone was never told. */
export const team_code = signal(localStorage.getItem(code_store()) ?? "");
session.on("joined", ({ code }) => {
  team_code.value = code;
  localStorage.setItem(code_store(), code);
});

effect(() => {
  if (view.value) wear(view.value.battle.theme);
});

/** A token for each battle: a phone that scans another code is not taken back to the old one. @param {string} pin */
function store_of(pin) {
  return `quiz.team.${pin}`;
}

/** Where this phone keeps the code of its team. */
function code_store() {
  return `${session.store}.code`;
}

/** The token that comes next belongs to this battle. @param {string} pin */
export function be_at(pin) {
  session.store = store_of(pin);
  localStorage.setItem(LAST_PIN, pin);
}

/** Nobody knows this phone's token any more: it joins anew. */
export function begin_again() {
  session.keep(undefined);
  session.start_over();
}
