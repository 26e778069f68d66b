/** The phone stays awake while a battle is on, and may tremble when answers open. Both only where the browser has them. */
import { effect, signal } from "@preact/signals";
import { moment, room, view } from "./team.js";

const OPENED_MS = 60;

/** True while the browser keeps the display lit for us. */
export const stays_awake = signal(false);

/** @type {WakeLockSentinel | null} */
let lock = null;

async function hold() {
  if (lock || document.visibilityState !== "visible" || !navigator.wakeLock) return;
  try {
    lock = await navigator.wakeLock.request("screen");
    stays_awake.value = true;
    lock.addEventListener("release", () => {
      lock = null;
      stays_awake.value = false;
    });
  } catch {
    // The battery is low, or the browser does not want to: the phone goes dark as it always does.
  }
}

/** While there is a battle. */
export function keep_awake() {
  effect(() => {
    const is_on = view.value !== null && room().phase !== "finished";
    if (is_on) void hold();
    else void lock?.release();
  });
  document.addEventListener("visibilitychange", () => view.peek() && void hold());
  let before = moment.peek().is;
  effect(() => {
    const { is } = moment.value;
    if (is === "open" && (before === "reading" || before === "shown")) navigator.vibrate?.(OPENED_MS);
    before = is;
  });
}
