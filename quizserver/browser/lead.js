/**
 * A question is sent a moment before it is to be seen, so that everybody sees it at once. Here it waits for its moment.
 *
 * A slow device may show it late, but never early. How long it waits decides nothing: it only is fair to look at.
 */
const LONGEST_MS = 400; // no server sends it longer ahead, so whoever would wait longer has a wrong clock

/**
 * How long a view is still to be held back, in milliseconds.
 * @param {Record<string, any>} view
 * @param {number} now battle time
 */
export function wait_ms(view, now) {
  return Math.min(LONGEST_MS, Math.max(0, (view.shows_at ?? 0) - now));
}

/** The latest view, and when it is shown. */
export class Curtain {
  /**
   * @param {import("./clock.js").Clock} clock
   * @param {(view: Record<string, any>) => void} show
   */
  constructor(clock, show) {
    this.clock = clock;
    this.show = show;
    /** What the server said last, seen or not. @type {Record<string, any> | null} */
    this.latest = null;
    this.until = 0;
  }

  /** @param {Record<string, any>} view */
  take(view) {
    if (view.shows_at !== this.latest?.shows_at) this.until = this.clock.monotonic() + LONGEST_MS;
    this.latest = view;
    this.look();
  }

  /** Forgets what was not shown yet. */
  drop() {
    this.latest = null;
    clearTimeout(this.timer);
  }

  /** The clock may have learned something meanwhile, and a timer may go off too early: so it is asked again. */
  look() {
    clearTimeout(this.timer);
    const view = /** @type {Record<string, any>} */ (this.latest);
    const left = Math.min(wait_ms(view, this.clock.now()), this.until - this.clock.monotonic());
    if (left > 0) this.timer = setTimeout(() => this.look(), left);
    else this.show(view);
  }
}
