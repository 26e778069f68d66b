/** Things that change places move there: where each was is remembered, and it starts from there (first, last, invert, play). */
import { useLayoutEffect, useRef } from "preact/hooks";

const MOVE_MS = 600;
const FADE_MS = 200;
const EASE = "cubic-bezier(.2, .7, .2, 1)";

/**
 * @param {string} order what the children are, in order; children carry `data-key`
 * @returns {import("preact").RefObject<any>} for their parent
 */
export function useFlip(order) {
  const parent = useRef(/** @type {HTMLElement | null} */ (null));
  const tops = useRef(/** @type {Map<string, number>} */ (new Map()));
  useLayoutEffect(() => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    /** @type {Map<string, number>} */
    const now = new Map();
    for (const child of /** @type {HTMLElement[]} */ ([...(parent.current?.children ?? [])])) {
      const key = child.dataset.key ?? "";
      const before = tops.current.get(key);
      now.set(key, child.offsetTop);
      if (before === undefined || calm) child.animate([{ opacity: 0 }, {}], { duration: before === child.offsetTop ? 0 : FADE_MS });
      else if (before !== child.offsetTop) child.animate([{ translate: `0 ${before - child.offsetTop}px` }, {}], { duration: MOVE_MS, easing: EASE });
    }
    tops.current = now;
  }, [order]);
  return parent;
}
