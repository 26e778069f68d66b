/**
 * The connection to the server: opens, says hello, comes back after every loss, and always knows how it is.
 *
 * It keeps no message for later: what must survive a lost connection is kept by whoever said it (the outbox, the desk), and said
 * again after the next welcome.
 */
import { decode, encode } from "@msgpack/msgpack";

const PROTOCOL = "quiz.v1.msgpack";
const LOOK_MS = 5_000; // how often the time is asked for, which also shows that the other end is alive
const FIRST_LOOKS = 3; // asked for quickly, so that the clock is right before the first question
const FIRST_LOOK_MS = 500;
const SILENT_MS = 12_000; // nothing heard for so long: the connection is dead, whatever the browser believes
const SLOW_MS = 3_000; // an answer to a look that takes longer is worth showing
const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
const TOLD = /^(\S+) (\d{1,6})$/; // why, and after how many milliseconds to come back
const STAYS_AWAY = new Set([1000, 1007, 1008, 1009]);

/** @typedef {"connecting" | "on" | "slow" | "off" | "ended"} LinkState */

/**
 * How long to stay away before the next try: what the server said, else a random pause, so that a thousand phones do not come back at
 * once.
 * @param {string} reason why the connection ended
 * @param {number} tries how many in a row have failed
 * @param {() => number} random
 */
export function pause_ms(reason, tries, random = Math.random) {
  const told = TOLD.exec(reason);
  if (told) return Number(told[2]);
  const longest = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** tries);
  return SHORTEST_PAUSE_MS + (longest - SHORTEST_PAUSE_MS) * random();
}

export class Link {
  /**
   * @param {object} options
   * @param {string} options.url
   * @param {import("./clock.js").Clock} options.clock
   * @param {() => Record<string, any>} options.hello asked anew at each connection, so that it can resume
   * @param {(message: Record<string, any>) => void} options.onMessage
   * @param {(state: LinkState, reason: string) => void} options.onState
   */
  constructor({ url, clock, hello, onMessage, onState }) {
    this.url = url;
    this.clock = clock;
    this.hello = hello;
    this.onMessage = onMessage;
    this.onState = onState;
    this.tries = 0;
    /** @type {WebSocket | null} */
    this.socket = null;
    /** @type {LinkState} */
    this.state = "connecting";
    this.heardAt = 0;
    this.askedAt = 0;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => this.woken());
    setInterval(() => this.look(), FIRST_LOOK_MS);
  }

  open() {
    clearTimeout(this.timer);
    this.close();
    const socket = new WebSocket(this.url, PROTOCOL);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.heardAt = performance.now();
      this.clock.forget();
      this.send(this.hello());
    };
    socket.onmessage = (event) => socket === this.socket && this.heard(event.data);
    socket.onclose = (event) => socket === this.socket && this.closed(event.code, event.reason);
    this.socket = socket;
  }

  /** Sends if there is a connection; true says that it left, not that it arrived. @param {Record<string, any>} message */
  send(message) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(encode(message, { ignoreUndefined: true }));
    return true;
  }

  /** Ends for good. */
  leave() {
    this.send({ t: "leave" });
    this.show("ended", "goodbye");
    this.close();
  }

  close() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** @param {ArrayBuffer} data */
  heard(data) {
    this.heardAt = performance.now();
    const message = /** @type {Record<string, any>} */ (decode(new Uint8Array(data)));
    if (message.t === "clock") this.clock.heard(message.sent, message.now);
    if (message.t === "welcome") this.welcomed(message);
    if (this.state === "slow") this.show("on", "");
    this.onMessage(message);
  }

  /** @param {Record<string, any>} message */
  welcomed(message) {
    this.tries = 0;
    this.clock.guess(message.now);
    this.show("on", "");
    this.look(true); // which also says that we are here: a server takes it from no other word that our seat is not elsewhere
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  closed(code, reason) {
    this.socket = null;
    if (STAYS_AWAY.has(code) || code >= 4500) {
      this.show("ended", reason);
      return;
    }
    this.show("off", reason.replace(TOLD, "$1"));
    this.timer = setTimeout(() => this.open(), pause_ms(reason, this.tries++));
  }

  /** Asks for the time now and then; notices silence. */
  look(at_once = false) {
    const now = performance.now();
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (now - this.heardAt > SILENT_MS) return this.lost();
    if (this.state === "on" && now - this.heardAt > LOOK_MS + SLOW_MS) this.show("slow", "");
    const every = this.clock.looks.length < FIRST_LOOKS ? FIRST_LOOK_MS : LOOK_MS;
    if (at_once || now - this.askedAt >= every) {
      this.askedAt = now;
      this.send({ t: "clock", sent: this.clock.stamp() });
    }
  }

  lost() {
    this.close();
    this.closed(4000, "silent");
  }

  /** The network is back: no need to wait for the next try. */
  hurry() {
    if (this.state === "off") {
      this.tries = 0;
      this.open();
    }
  }

  /** A page that slept may hold a connection that died meanwhile. */
  woken() {
    if (document.visibilityState !== "visible") return;
    this.hurry();
    this.look(true);
  }

  /**
   * @param {LinkState} state
   * @param {string} reason
   */
  show(state, reason) {
    this.state = state;
    this.onState(state, reason);
  }
}
