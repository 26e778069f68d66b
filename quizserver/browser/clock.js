/**
 * Battle time on this device: the server's clock, carried by the device's own monotonic one. The device's wall clock takes no
 * part, and nothing the device says about time decides anything: it only shows how long there is left.
 */
const KEPT = 8; // of the last looks the quickest is believed

export class Clock {
  /** @param {() => number} monotonic milliseconds that never go back */
  constructor(monotonic = () => performance.now()) {
    this.monotonic = monotonic;
    /** @type {{way: number, offset: number}[]} */
    this.looks = [];
    this.offset = 0;
  }

  /** What to send with a question for the time. */
  stamp() {
    return Math.round(this.monotonic());
  }

  /**
   * @param {number} sent what `stamp` gave
   * @param {number} now battle time in the answer
   */
  heard(sent, now) {
    const received = this.monotonic();
    this.looks.push({ way: received - sent, offset: now - (sent + received) / 2 });
    this.looks = this.looks.slice(-KEPT);
    this.offset = this.looks.reduce((best, look) => (look.way < best.way ? look : best)).offset;
  }

  /** A first guess, out of a welcome that took an unknown way. @param {number} now */
  guess(now) {
    if (this.looks.length === 0) this.offset = now - this.monotonic();
  }

  /** Forgets looks taken over an older connection: the way may be another one now. */
  forget() {
    this.looks = [];
  }

  /** Battle time now, in milliseconds. */
  now() {
    return this.monotonic() + this.offset;
  }

  /** The way there and back of the best look, in milliseconds; undefined before the first. */
  way() {
    return this.looks.length === 0 ? undefined : Math.round(Math.min(...this.looks.map((look) => look.way)));
  }
}
