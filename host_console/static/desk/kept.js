/**
 * What this device keeps over reloads and lost power: operations that the server has not confirmed, and the counter that names them.
 * A counter is never used twice: each opening of the page reserves a block of its own, in one transaction, so that two windows on one
 * device cannot meet either.
 */
import { openDB } from "idb";

const BLOCK = 10_000;

/** @typedef {{name: string, battle: string, scope: string, operation: import("./cell.js").Operation, is_done?: boolean}} Kept `is_done`: the
 * server has it; it stays for a file that may have to be carried */

export class Keeper {
  /** @param {import("idb").IDBPDatabase | null} db @param {string} device @param {number} last */
  constructor(db, device, last) {
    this.db = db;
    this.device = device;
    this.last = last;
  }

  /** Opens this device's store; without one (a private window) names are drawn anew and nothing outlives the page. */
  static async open() {
    try {
      const db = await openDB("quiz-desk", 1, {
        upgrade(fresh) {
          fresh.createObjectStore("operations", { keyPath: "name" });
          fresh.createObjectStore("device");
        },
      });
      const { device, counter } = await reserved(db);
      return new Keeper(db, device, counter);
    } catch {
      return new Keeper(null, new_device(), 0);
    }
  }

  get lasts() {
    return this.db !== null;
  }

  /** The next name's number. */
  next() {
    this.last += 1;
    return this.last;
  }

  /** @param {Kept} kept */
  async put(kept) {
    await this.db?.put("operations", kept);
  }

  /** The server has them. @param {string[]} names */
  async done(names) {
    const transaction = this.db?.transaction("operations", "readwrite");
    for (const name of names) {
      const kept = await transaction?.store.get(name);
      if (kept) transaction?.store.put({ ...kept, is_done: true });
    }
    await transaction?.done;
  }

  /** @param {string[]} names */
  async forget(names) {
    const transaction = this.db?.transaction("operations", "readwrite");
    await Promise.all([...names.map((name) => transaction?.store.delete(name)), transaction?.done]);
  }

  /** What an earlier page left, in the order in which it was typed. @param {string} battle @returns {Promise<Kept[]>} */
  async left(battle) {
    return (await this.all(battle)).filter((kept) => !kept.is_done);
  }

  /** All that was ever entered here, in that order. What other battles are done with goes. @param {string} battle @returns {Promise<Kept[]>} */
  async all(battle) {
    const all = (await this.db?.getAll("operations")) ?? [];
    await this.forget(all.filter((kept) => kept.battle !== battle && kept.is_done).map((kept) => kept.name));
    return all.filter((kept) => kept.battle === battle).sort((a, b) => a.operation.counter - b.operation.counter);
  }
}

/** @param {import("idb").IDBPDatabase} db */
async function reserved(db) {
  const transaction = db.transaction("device", "readwrite");
  const device = (await transaction.store.get("name")) ?? new_device();
  const counter = (await transaction.store.get("counter")) ?? 0;
  await Promise.all([transaction.store.put(device, "name"), transaction.store.put(counter + BLOCK, "counter"), transaction.done]);
  return { device, counter };
}

function new_device() {
  const random = crypto.getRandomValues(new Uint8Array(8));
  return `desk-${Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
