/**
 * Answers on their way: kept on the device from the tap until the server has acknowledged them, over lost connections and reloads.
 * An answer keeps its id through all of that, so that it can be sent any number of times and counts once.
 */
import { signal } from "@preact/signals";

/**
 * @typedef {object} Kept an answer on its way
 * @property {string} id 128 random bits in hexadecimal
 * @property {string} question
 * @property {number} opening
 * @property {any} value
 * @property {number} seen the revision shown at the tap
 * @property {boolean} held it waited for a connection
 */
/**
 * @typedef {object} Told what became of one
 * @property {string} verdict
 * @property {number} revision the team's latest
 * @property {number} opening
 * @property {any} value
 * @property {number} at when we heard of it, ms of Date.now
 * @property {number} [late_ms]
 * @property {string} [code]
 */

const AGAIN_MS = 1_500; // refused for now: the next try
const REMEMBERED = 60; // verdicts, more than an evening's round has questions
const FOR_NOW = new Set(["paused", "not_open"]);

export class Outbox {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
    this.store = "";
    /** By question: only the last tap of a question is worth sending. @type {import("@preact/signals").Signal<Record<string, Kept>>} */
    this.kept = signal({});
    /** What became of the last answer to each question. @type {import("@preact/signals").Signal<Record<string, Told>>} */
    this.told = signal({});
    session.on("ack", (ack) => this.acknowledged(ack));
    session.on("welcome", (welcome) => welcome.role === "team" && this.welcomed(welcome.team));
  }

  /** What this device still has to say for its team is said again. @param {string} team */
  welcomed(team) {
    const store = `quiz.outbox.${team}`;
    if (store !== this.store) {
      this.store = store;
      const { kept = {}, told = {} } = read(store);
      this.kept.value = kept;
      this.told.value = told;
    }
    for (const kept of Object.values(this.kept.value)) this.send({ ...kept, held: true });
  }

  /** @param {string} question @param {number} opening @param {any} value @param {number} seen */
  put(question, opening, value, seen) {
    const kept = { id: new_id(), question, opening, value, seen, held: false };
    this.write({ ...this.kept.value, [question]: kept }, without(this.told.value, question));
    this.send(kept);
  }

  /** @param {Kept} kept */
  send(kept) {
    const is_on = ["on", "slow"].includes(this.session.link_state.value.state);
    if (is_on && this.session.send({ t: "answer", ...kept })) return;
    if (!kept.held) this.write({ ...this.kept.value, [kept.question]: { ...kept, held: true } });
  }

  /** Refused for now (not open, paused, the store is away): it stays and is sent again. @param {Record<string, any>} ack */
  acknowledged(ack) {
    const kept = Object.values(this.kept.value).find((each) => each.id === ack.id);
    if (!kept) return;
    if (FOR_NOW.has(ack.verdict) || ack.temporary) {
      setTimeout(() => this.again(kept), AGAIN_MS);
      return;
    }
    const { verdict, revision, late_ms, code } = ack;
    const told = { verdict, revision, late_ms, code, opening: kept.opening, value: kept.value, at: Date.now() };
    const rest = Object.entries(without(this.told.value, kept.question)).slice(-REMEMBERED);
    this.write(without(this.kept.value, kept.question), { ...Object.fromEntries(rest), [kept.question]: told });
  }

  /** @param {Kept} kept */
  again(kept) {
    if (this.kept.value[kept.question]?.id === kept.id) this.send(this.kept.value[kept.question]);
  }

  /**
   * @param {Record<string, Kept>} kept
   * @param {Record<string, Told>} told
   */
  write(kept, told = this.told.value) {
    this.kept.value = kept;
    this.told.value = told;
    try {
      localStorage.setItem(this.store, JSON.stringify({ kept, told }));
    } catch {
      // A full or forbidden storage: the answer is still in memory and on its way.
    }
  }
}

/** @template T @param {Record<string, T>} map @param {string} key @returns {Record<string, T>} */
function without(map, key) {
  const { [key]: _, ...rest } = map;
  return rest;
}

/** @param {string} store @returns {{kept?: Record<string, Kept>, told?: Record<string, Told>}} */
function read(store) {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "{}");
  } catch {
    return {};
  }
}

/** crypto.getRandomValues is there on plain HTTP too, unlike crypto.randomUUID. */
export function new_id() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
