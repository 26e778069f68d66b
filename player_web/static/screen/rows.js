/** The standing's rows, at most a hundred at a time, asked for again whenever the battle has moved on. */
import { useEffect, useState } from "preact/hooks";
import { session, view } from "./hall.js";

const LOOK_MS = 1_000; // marks come in one by one: rows are not asked for more often than so

/** @typedef {{start: number, of: number, certain: number, in_all?: number, venue?: {name: string, city?: string, starts?: string}, rows: any[]}} Rows */

/**
 * @param {string} which total or speed
 * @param {number} start
 * @param {number} count
 * @param {boolean} [own] only the teams of this screen's venue
 * @returns {Rows | null} until other rows have come, those there were before; null until the first have come
 */
export function useRows(which, start, count, own = false) {
  const [known, know] = useState(/** @type {Rows | null} */ (null));
  useEffect(() => {
    /** @type {unknown} */
    let loaded = null;
    let is_busy = false;
    let is_gone = false;
    const look = async () => {
      const now = view.peek();
      if (is_busy || loaded === now) return;
      is_busy = true;
      const { page } = await session.ask({ t: "page", of: "standing", which, start, count, ...(own && { own }) });
      is_busy = false;
      if (!page || is_gone) return;
      loaded = now;
      know(page);
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      is_gone = true;
      clearInterval(timer);
    };
  }, [which, start, count]);
  return known;
}

/** Counts up by itself, as pages turn. @param {number} every_ms @param {boolean} [runs] */
export function useTurning(every_ms, runs = true) {
  const [page, turn] = useState(0);
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => turn((now) => now + 1), every_ms);
    return () => clearInterval(timer);
  }, [every_ms, runs]);
  return page;
}
