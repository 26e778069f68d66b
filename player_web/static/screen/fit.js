/** Text that shrinks until all of it stands on the stage: first the question to 1/14 of the height, then what is around it. */
import { useLayoutEffect, useRef } from "preact/hooks";

/** From roomy to the last resort, in rem: question, option, the least height of a picture above them. A question under 4.8125 rem is one of 400 letters with all else beside it. */
const STEPS = [
  [5.75, 3.75, 27],
  [5.375, 3.75, 25],
  [5, 3.4, 22],
  [4.8125, 3.1, 17],
];
const TIGHT = [4.8125, 4.6, 4.4, 4.2, 4, 3.8, 3.6, 3.4, 3.2, 3, 2.8125];
const SMALLEST = 2.8125;
const LEAST_PICTURE = 12;

/**
 * Fits the page's text into it, anew when its words change and when the font has come.
 * @param {unknown[]} words
 * @returns {import("preact").RefObject<HTMLElement | null>}
 */
export function useFit(words) {
  const page = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const again = () => page.current && fit(page.current);
    again();
    document.fonts.addEventListener("loadingdone", again);
    addEventListener("resize", again);
    return () => {
      document.fonts.removeEventListener("loadingdone", again);
      removeEventListener("resize", again);
    };
  }, words);
  return page;
}

/** @param {HTMLElement} page */
function fit(page) {
  const roomy = STEPS.map(([ask, option, picture]) => ({ ask, option, picture, tight: false }));
  const tried = [...roomy, ...TIGHT.map((ask) => ({ ask, option: SMALLEST, picture: LEAST_PICTURE, tight: true }))];
  for (const { ask, option, picture, tight } of tried) {
    page.style.setProperty("--ask", `${ask}rem`);
    page.style.setProperty("--option", `${option}rem`);
    page.style.setProperty("--picture", `${picture}rem`);
    page.classList.toggle("is-tight", tight);
    if (fits(page)) return;
  }
}

/** Nothing sticks out of the page below, nor out of a part that is marked as having to hold its lines, or its line. @param {HTMLElement} page */
function fits(page) {
  const lines = [page, ...page.querySelectorAll("[data-holds=lines]")].every((part) => part.scrollHeight <= part.clientHeight + 1);
  return lines && [...page.querySelectorAll("[data-holds=line]")].every((part) => part.scrollWidth <= part.clientWidth + 1);
}
