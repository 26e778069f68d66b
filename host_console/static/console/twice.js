/** Dangerous actions ask twice: the first press arms one of them for a while, the second does it. */
import { signal } from "@preact/signals";

const ARMED_MS = 5_000;
const MEANT_MS = 350; // a bouncing key is no second press

/** The name of the armed action, "" if none. */
export const armed = signal("");
let since = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} name @param {() => void} act */
export function twice(name, act) {
  if (armed.value === name) {
    if (performance.now() - since < MEANT_MS) return;
    disarm();
    act();
    return;
  }
  clearTimeout(timer);
  armed.value = name;
  since = performance.now();
  timer = setTimeout(disarm, ARMED_MS);
}

export function disarm() {
  clearTimeout(timer);
  armed.value = "";
}
