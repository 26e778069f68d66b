/**
 * Answers on their way: kept on the device from the tap until the server has acknowledged them, over lost connections and reloads.
 * An answer keeps its id through all of that, so that it can be sent any number of times and counts once.
 * What was recorded is kept with its receipt until it is revealed: should the server lose it, it is shown to the server again.
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
/**
 * @typedef {object} Receipted an answer that was recorded
 * @property {string} id
 * @property {string} question
 * @property {number} opening
 * @property {any} value
 * @property {string} receipt
 * @property {number} epoch of the battle in which it was recorded last
 */

const AGAIN_MS = 1_500; // refused for now: the next try
const APART_MS = 250; // receipts that are shown one after another: no more than a device may send for long
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
    /** By question: the last that was recorded. @type {Record<string, Receipted>} */
    this.receipts = {};
    session.on("ack", (ack) => this.acknowledged(ack));
    session.on("welcome", (welcome) => welcome.role === "team" && this.welcomed(welcome.team, welcome.epoch));
    session.on("snapshot", (snapshot) => this.show_receipts(snapshot.epoch));
    session.on("result", () => this.forget_revealed());
    session.on("mine", () => this.forget_revealed());
  }

  /** What this device still has to say for its team is said again. @param {string} team @param {number} epoch */
  welcomed(team, epoch) {
    const store = `quiz.outbox.${team}`;
    if (store !== this.store) {
      this.store = store;
      const { kept = {}, told = {}, receipts = {} } = read(store);
      this.receipts = receipts;
      this.kept.value = kept;
      this.told.value = told;
    }
    for (const kept of Object.values(this.kept.value)) this.send({ ...kept, held: true });
    this.show_receipts(epoch);
  }

  /** A battle of another epoch may have lost what was recorded before. @param {number} epoch */
  show_receipts(epoch) {
    const before = Object.values(this.receipts).filter((each) => each.epoch !== epoch);
    before.forEach((each, at) => setTimeout(() => this.show_receipt(each), at * APART_MS));
  }

  /** @param {Receipted} each */
  show_receipt(each) {
    if (this.receipts[each.question] !== each) return;
    const { epoch: _, ...answer } = each;
    this.session.send({ t: "answer", ...answer });
  }

  forget_revealed() {
    const marks = this.session.mine.value?.marks ?? {};
    const left = Object.fromEntries(Object.entries(this.receipts).filter(([question]) => !(question in marks)));
    if (Object.keys(left).length < Object.keys(this.receipts).length) {
      this.receipts = left;
      this.write(this.kept.value);
    }
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
    if (!kept) {
      this.receipt_acknowledged(ack);
      return;
    }
    if (FOR_NOW.has(ack.verdict) || ack.temporary) {
      setTimeout(() => this.again(kept), AGAIN_MS);
      return;
    }
    const { verdict, revision, late_ms, code } = ack;
    const told = { verdict, revision, late_ms, code, opening: kept.opening, value: kept.value, at: Date.now() };
    if (ack.receipt) this.keep_receipt(kept, ack.receipt);
    const rest = Object.entries(without(this.told.value, kept.question)).slice(-REMEMBERED);
    this.write(without(this.kept.value, kept.question), { ...Object.fromEntries(rest), [kept.question]: told });
  }

  /** @param {{id: string, question: string, opening: number, value: any}} answer @param {string} receipt */
  keep_receipt({ id, question, opening, value }, receipt) {
    const epoch = this.session.version.epoch;
    this.receipts = { ...this.receipts, [question]: { id, question, opening, value, receipt, epoch } };
  }

  /** What became of an answer that was recorded once, where the server had lost it. @param {Record<string, any>} ack */
  receipt_acknowledged(ack) {
    const shown = Object.values(this.receipts).find((each) => each.id === ack.id);
    if (!shown) return;
    const { verdict, revision, late_ms, code } = ack;
    if (FOR_NOW.has(verdict) || ack.temporary) {
      setTimeout(() => this.show_receipt(shown), AGAIN_MS);
      return;
    }
    if (ack.receipt) this.keep_receipt(shown, ack.receipt);
    else this.receipts = without(this.receipts, shown.question);
    const told = this.told.value[shown.question];
    const is_of_it = told?.verdict === "recorded" && told.opening === shown.opening;
    this.write(this.kept.value, is_of_it ? { ...this.told.value, [shown.question]: { ...told, verdict, revision, late_ms, code } } : undefined);
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
      localStorage.setItem(this.store, JSON.stringify({ kept, told, receipts: this.receipts }));
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

/** @param {string} store @returns {{kept?: Record<string, Kept>, told?: Record<string, Told>, receipts?: Record<string, Receipted>}} */
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
