/** Where the question on the stage is in its time. The end of a clock costs no message: a page knows it from battle time alone. */
import { computed, signal } from "@preact/signals";

const TICK_MS = 100;
const ANSWERED = new Set(["open", "last_call"]);

/**
 * @typedef {object} Moment
 * @property {"shown" | "reading" | "open" | "over"} is shown: opened by hand; reading: opens by itself; open; over
 * @property {number | null} left seconds until the opening or the deadline, rounded up; null: no clock runs
 * @property {number} of seconds of the whole clock
 * @property {boolean} closes false: the clock only paces the round, answers stay open after it
 */

/**
 * @param {Record<string, any>} view
 * @param {number} now battle time
 * @returns {Moment}
 */
export function moment_of(view, now) {
  const clock = view.clock;
  if (view.phase === "shown") return { is: "shown", left: null, of: 0, closes: false };
  if (!ANSWERED.has(view.phase)) return { is: "over", left: 0, of: 0, closes: true };
  if (!clock) return { is: "open", left: null, of: 0, closes: false };
  const of = Math.round((clock.deadline - clock.opens_at) / 1000);
  if (now < clock.opens_at) return { is: "reading", left: Math.ceil((clock.opens_at - now) / 1000), of, closes: clock.closes };
  const left = Math.max(0, Math.ceil((clock.deadline - now) / 1000));
  return { is: clock.closes && left === 0 ? "over" : "open", left, of, closes: clock.closes };
}

/** Battle time as a signal, fine enough for seconds that are seen. @param {import("./session.js").Session} session */
export function ticking(session) {
  const now = signal(session.clock.now());
  const tick = () => (now.value = session.clock.now());
  session.on("welcome", tick); // before that, a page knows no battle time at all
  setInterval(tick, TICK_MS);
  return now;
}

/**
 * The moment of a view as a signal that changes once a second, not with every tick.
 * @param {import("@preact/signals").ReadonlySignal<Record<string, any> | null>} view
 * @param {import("@preact/signals").ReadonlySignal<number>} now
 */
export function moments(view, now) {
  /** @type {Moment} */
  let last = { is: "over", left: 0, of: 0, closes: true };
  return computed(() => {
    const next = view.value ? moment_of(view.value, now.value) : last;
    if (JSON.stringify(next) !== JSON.stringify(last)) last = next;
    return last;
  });
}
