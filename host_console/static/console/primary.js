/**
 * The one primary button. It does what it says, once: a key that is held, struck twice, or struck in the moment in which the button
 * changed its words does nothing. A clicker in a nervous hand is the usual case, not the exception.
 */
import { effect, signal } from "@preact/signals";
import { because, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { ask } from "./asking.js";
import { moment, session, view } from "./evening.js";
import { primary_words } from "./primary_words.js";

const SETTLES_MS = 500; // nobody reads new words and means them in less
const ARMED_MS = 6_000;
const ON_ITS_WAY_MS = 3_000; // then it may be pressed again: nobody is ever stuck
const MEANT_MS = 900; // the second press of two that shall be two

/** Asked twice: there is no way back from them. */
const FINAL = new Set(["Finish"]);

let settled_at = 0;
let words_of = "";
/** Until when a press on these words is on its way: the news of it may come after its `done`. */
let pressed_until = 0;
/** When the first of two presses was made, 0 if none. */
export const armed_at = signal(0);

effect(() => {
  const shown = view.value;
  const words = shown ? `${shown.step} ${shown.primary.command} ${shown.primary.waits}` : "";
  if (words === words_of) return;
  words_of = words;
  pressed_until = 0;
  settled_at = performance.now() + SETTLES_MS;
  armed_at.value = 0;
});

/** Does what the button says, if it is time. @returns {Promise<boolean>} whether it was asked */
export async function press_primary() {
  const shown = view.value;
  const command = shown?.primary.command;
  if (!command || performance.now() < Math.max(settled_at, pressed_until)) return false;
  if (FINAL.has(command) && !meant()) return false;
  pressed_until = performance.now() + ON_ITS_WAY_MS;
  const done = await ask(command, command === "ShowStanding" ? { which: "total" } : {});
  if (done === null) pressed_until = performance.now() + SETTLES_MS;
  return true;
}

/** True at the second of two presses with a breath between them. */
function meant() {
  const since = performance.now() - armed_at.value;
  if (armed_at.value && since > MEANT_MS && since < ARMED_MS) return true;
  if (!armed_at.value || since >= ARMED_MS) armed_at.value = performance.now();
  return false;
}

/** Takes the first of two presses back. */
export function disarm_primary() {
  armed_at.value = 0;
}

export function Primary() {
  const shown = view.value;
  if (!shown) return null;
  const { title, small } = words(shown);
  const off = session.link_state.value.state !== "on" && session.link_state.value.state !== "slow";
  const waits = !shown.primary.command;
  return html`<button
    class=${`button action-main is-main ${waits || off ? "is-waiting" : "button-primary"} ${armed_at.value ? "is-armed" : ""}`}
    type="button"
    aria-disabled=${waits || off}
    onClick=${press_primary}
  >
    <span>${title}<small>${off ? because({ code: "offline" }) : small}</small></span>
    ${!waits && html`<kbd class="key">${t("key.space")}</kbd>`}
  </button>`;
}

/** @param {Record<string, any>} shown */
function words(shown) {
  if (armed_at.value) return { title: t("primary.Finish.sure"), small: t("primary.Finish.sure.small") };
  return primary_words(shown, moment.value);
}
