/**
 * The keys. A clicker in a host's hand is a keyboard too: it sends PageDown and PageUp, and also F5, Esc, "." and "b", by which
 * presentations start, end and go black. None of those may do anything here that the host did not mean.
 */
import { ACTIONS } from "./actions.js";
import { act } from "./action_row.js";
import { view } from "./evening.js";
import { lay, lift, lying } from "./overlay.js";
import { disarm_primary, press_primary } from "./primary.js";
import { disarm } from "./twice.js";

const FORWARD = new Set(["Space", "PageDown", "ArrowRight"]);
const BACK = new Set(["PageUp", "ArrowLeft"]);
const CLICKERS_OWN = new Set(["F5", "Period", "NumpadDecimal", "KeyB"]);

export function listen() {
  addEventListener("keydown", pressed, { capture: true });
  addEventListener("keyup", (event) => event.code === "Space" && !lying.value && !types(event) && event.preventDefault(), {
    capture: true,
  });
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.code === "F5") return event.preventDefault();
  if (event.code === "Escape") return calm(event);
  if (types(event)) return;
  if (CLICKERS_OWN.has(event.code)) return event.preventDefault();
  if (is_help(event)) return once(event, () => (lying.value?.name === "keys" ? lift() : lay("keys")));
  if (lying.value) return event.code === "PageDown" || event.code === "PageUp" ? once(event, lift) : undefined;
  if (view.value) steer(event, view.value);
}

/** @param {KeyboardEvent} event @param {Record<string, any>} shown */
function steer(event, shown) {
  if (FORWARD.has(event.code)) return once(event, press_primary);
  const code = BACK.has(event.code) ? "KeyZ" : event.code;
  const action = ACTIONS.find((each) => each.code === code);
  if (action && !event.shiftKey) once(event, () => action.can(shown) && act(action));
}

/** A held key is one press. @param {KeyboardEvent} event @param {() => void} then */
function once(event, then) {
  event.preventDefault();
  if (!event.repeat) then();
}

/** @param {KeyboardEvent} event */
function calm(event) {
  event.preventDefault();
  lift();
  disarm();
  disarm_primary();
}

/** @param {KeyboardEvent} event */
function is_help(event) {
  return event.key === "?" || event.code === "Slash" || event.code === "F1";
}

/** @param {KeyboardEvent} event */
function types(event) {
  return event.target instanceof Element && event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
}
