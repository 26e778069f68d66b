/** This screen's session: a code until a host has confirmed it, then the battle's view, in the battle's language. */
import { effect, signal } from "@preact/signals";
import { moments, ticking } from "/browser/moment.js";
import { wear } from "/browser/parts/theme.js";
import { Session } from "/browser/session.js";
import { say_in } from "/browser/words.js";

const PAIR = { pair: true };
const PATIENCE_MS = 2_500; // a server that restarts is back by then, and nobody need be told

export const session = new Session({ store: "quiz.screen" });
export const view = session.view;
/** The room as it is; for pages that are only shown once there is one. @returns {Record<string, any>} */
export const room = () => /** @type {any} */ (view.value);

export const now_ms = ticking(session);
export const moment = moments(view, now_ms);

/** The code to show while nobody has confirmed it. */
export const pairing = signal("");
/** Since when there is no server, ms of Date.now; 0: there is one. */
export const lost_since = signal(0);

/** Begins: with the token of an earlier evening, or by asking for a code. */
export function open_hall() {
  session.extra = session.token ? {} : PAIR;
  session.on("pairing", (message) => (pairing.value = message.code));
  session.on("paired", () => (session.extra = {}));
  effect(follow_link);
  effect(() => {
    if (!view.value) return;
    wear(view.value.battle.theme);
    say_in(view.value.battle.language);
  });
  session.open();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let patience;

function follow_link() {
  const { state, reason, since } = session.link_state.value;
  clearTimeout(patience);
  if (state === "on" || state === "slow") lost_since.value = 0;
  else patience = setTimeout(() => (lost_since.value = since), PATIENCE_MS);
  if (state === "ended" && ["unknown_token", "signed_out", "no_such_battle"].includes(reason)) pair_again();
}

/** The battle is over or gone: a new code for a new one. */
function pair_again() {
  session.keep(undefined);
  session.extra = PAIR;
  session.start_over();
}
