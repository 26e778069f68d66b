/**
 * What a page knows: its role, its room's view, its own document, how the connection is. Everything a page draws is a function of
 * these signals; nothing on a page remembers what the server said in any other place.
 */
import { batch, signal } from "@preact/signals";
import { Clock } from "./clock.js";
import { Curtain } from "./lead.js";
import { Link } from "./link.js";
import { applyPatch } from "./patch.js";

const ANSWER_MS = 10_000; // a request nobody answers is told so; it may be asked again
const BEFORE = ".before"; // beside the token: the one before it
const NOTHING = { battle: "", epoch: -1, room: 0, mine: "" };

/** @typedef {{code: string, detail?: string, temporary?: boolean}} Refusal */

export class Session {
  /**
   * @param {object} options
   * @param {string} options.store the name under which this page keeps its token
   * @param {Storage} [options.storage]
   * @param {Record<string, any>} [options.hello] what to add to every hello
   */
  constructor({ store, storage = localStorage, hello = {} }) {
    this.store = store;
    this.storage = storage;
    this.extra = hello;
    this.clock = new Clock();
    /** How the connection is, and since when (ms of `Date.now`). */
    this.link_state = signal({ state: "connecting", reason: "", since: Date.now() });
    /** @type {import("@preact/signals").Signal<Record<string, any> | null>} */
    this.welcome = signal(null);
    /** @type {import("@preact/signals").Signal<Record<string, any> | null>} */
    this.view = signal(null);
    this.curtain = new Curtain(this.clock, (view) => (this.view.value = view));
    /** @type {import("@preact/signals").Signal<Record<string, any> | null>} */
    this.mine = signal(null);
    /** The latest counts of any question. @type {import("@preact/signals").Signal<Record<string, any> | null>} */
    this.counts = signal(null);
    /** The latest counts of each. @type {import("@preact/signals").Signal<Record<string, Record<string, any>>>} */
    this.counted = signal({});
    /** @type {Map<string, ((message: any) => void)[]>} */
    this.listeners = new Map();
    /** @type {Map<number, (message: any) => void>} */
    this.asked = new Map();
    this.number = 0;
    this.version = NOTHING;
    this.link = new Link({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`,
      clock: this.clock,
      hello: () => this.hello(),
      onMessage: (message) => batch(() => this.heard(message)),
      onState: (state, reason) => this.linked(state, reason),
    });
  }

  open() {
    this.link.open();
  }

  get token() {
    return this.storage.getItem(this.store) ?? undefined;
  }

  /** @param {string | undefined} token */
  keep(token) {
    if (token === undefined) this.storage.removeItem(this.store);
    else this.storage.setItem(this.store, token);
  }

  /** A new token. A team's old one stays good until this one is used, so it is kept until then. @param {Record<string, any>} welcome */
  renew({ role, token }) {
    if (role === "team" && this.token) this.storage.setItem(this.store + BEFORE, this.token);
    this.keep(token);
  }

  /** Takes up the token before, if the server has lost the one it gave last. True if there was one. */
  take_back() {
    const before = this.storage.getItem(this.store + BEFORE);
    if (!before) return false;
    this.storage.removeItem(this.store + BEFORE);
    this.keep(before);
    this.link.open();
    return true;
  }

  /** Comes back and asks for everything anew. What is shown stays until it comes, unless it is of another battle. */
  start_over() {
    this.version = { ...this.version, epoch: -1, mine: "" };
    this.link.open();
  }

  hello() {
    const known = this.version.epoch >= 0 && this.curtain.latest !== null;
    const resume = known ? { resume: { ...this.version } } : {};
    return { t: "hello", v: 1, token: this.token, ...resume, ...this.extra };
  }

  /**
   * A message by its type. @param {string} type
   * @param {(message: any) => void} listener
   */
  on(type, listener) {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  /** @param {Record<string, any>} message */
  send(message) {
    return this.link.send(message);
  }

  /**
   * Sends a message with a number and waits for its answer. Never rejects: what went wrong comes back as `{ok: false, refused}`.
   * @param {Record<string, any>} message
   * @returns {Promise<Record<string, any>>}
   */
  ask(message) {
    const n = ++this.number;
    return new Promise((resolve) => {
      const settle = (/** @type {Record<string, any>} */ answer) => {
        clearTimeout(timer);
        this.asked.delete(n);
        resolve(answer);
      };
      const timer = setTimeout(() => settle(unanswered("no_reply")), ANSWER_MS);
      this.asked.set(n, settle);
      if (!this.send({ ...message, n })) settle(unanswered("offline"));
    });
  }

  /** A host's press. @param {string} command @param {Record<string, any>} [args] @param {number} [step] */
  press(command, args = {}, step) {
    return this.ask({ t: "do", command, args, step });
  }

  /**
   * @param {import("./link.js").LinkState} state
   * @param {string} reason
   */
  linked(state, reason) {
    if (state === this.link_state.value.state) return;
    if (reason === "unknown_token" && this.take_back()) return;
    if (reason === "signed_out") this.keep(undefined);
    this.link_state.value = { state, reason, since: Date.now() };
    if (state === "off" || state === "ended") for (const settle of [...this.asked.values()]) settle(unanswered("offline"));
  }

  /** @param {Record<string, any>} message */
  heard(message) {
    switch (message.t) {
      case "welcome":
        this.welcomed(message);
        break;
      case "joined":
      case "paired":
        this.storage.removeItem(this.store + BEFORE);
        this.keep(message.token);
        break;
      case "snapshot":
        this.version = { ...this.version, epoch: message.epoch, room: message.to };
        this.curtain.take(message.view);
        break;
      case "room":
        this.patched(message);
        break;
      case "mine":
        this.own(message);
        break;
      case "result":
        this.patched(message.room);
        this.own(message.mine);
        break;
      case "counts":
        this.counts.value = message;
        this.counted.value = { ...this.counted.value, [message.question]: message };
        break;
      case "done":
      case "page":
        this.asked.get(message.n)?.(message);
        break;
    }
    for (const listener of this.listeners.get(message.t) ?? []) listener(message);
  }

  /** @param {Record<string, any>} message */
  welcomed(message) {
    if ((message.battle ?? "") !== this.version.battle) {
      this.version = { ...NOTHING, battle: message.battle ?? "" };
      this.curtain.drop();
      this.view.value = null;
      this.mine.value = null;
      this.counts.value = null;
      this.counted.value = {};
    }
    if (message.token) this.renew(message);
    else this.storage.removeItem(this.store + BEFORE);
    this.welcome.value = message;
  }

  /** A patch that does not continue what we have means: ask for a snapshot. @param {Record<string, any>} room */
  patched(room) {
    const { latest } = this.curtain;
    if (room.epoch !== this.version.epoch || room.from !== this.version.room || latest === null) {
      this.start_over();
      return;
    }
    this.version = { ...this.version, room: room.to };
    this.curtain.take(applyPatch(latest, room.patch));
  }

  /** @param {Record<string, any>} own */
  own(own) {
    this.version = { ...this.version, mine: own.revision };
    this.mine.value = own.mine;
  }
}

/** @param {string} code */
function unanswered(code) {
  return { ok: false, refused: { code, temporary: true } };
}
