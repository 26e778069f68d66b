/** The drawn parts: the mark, the wordmark, the icons, and an option's emblem (coloured block, ink shape, white letter). */
import { html } from "./html.js";

const ICONS = {
  check: "M4 13l5.5 5.5L20 6.5",
  cross: "M5 5l14 14M19 5L5 19",
  sheet: "M6 3h8.5L19 7.5V21H6zM9.5 12h6M9.5 16h6",
  phone: "M7 2.5h10v19H7zM10.5 18h3",
  offline: "M3 9.5a13 13 0 0 1 18 0M6.5 13.5a8 8 0 0 1 11 0M12 18.5v.1M4 3l16 18",
  clock: "M12 3a9 9 0 1 0 .01 0M12 7v5.5l3.5 2",
  question: "M8 8.5a4 4 0 1 1 6 3.4c-1.4.8-2 1.6-2 3.1M12 19v.1",
  undo: "M9 5L4 10l5 5M4.5 10H15a5 5 0 0 1 0 10h-4",
  alert: "M12 3.5L22 20.5H2zM12 10v4.5M12 17.4v.1",
  pause: "M8 4v16M16 4v16",
  minus: "M5 12h14",
  user: "M12 3.5a4.25 4.25 0 1 0 .01 0M4 21a8 8 0 0 1 16 0",
};

const EMBLEMS = [
  { path: "M50 4 98 94H2Z", y: 80, size: 42 },
  { path: "M50 0 100 50 50 100 0 50Z", y: 66, size: 46 },
  { path: "M50 2a48 48 0 1 0 .01 0Z", y: 67, size: 50 },
  { path: "M5 5h90v90H5Z", y: 68, size: 54 },
  { path: "M50 0 64.7 31.8 98.6 35.5 73.4 58.7 80.4 93.5 50 76.2 19.6 93.5 26.6 58.7 1.4 35.5 35.3 31.8Z", y: 66, size: 38 },
  { path: "M50 1 98 37 80 94H20L2 37Z", y: 72, size: 48 },
];

const LETTER_STROKES = [
  [84, "M39 6.5H6.5V53.5H30A10.5 10.5 0 0 0 30 28.5H6.5"],
  [138, "M6.5 0V60M43.5 0V60M6.5 52 43.5 8"],
  [197, "M0 6.5H44M22 6.5V60"],
  [247, "M6.5 6.5H27A10.8 10.8 0 0 1 27 28.5H6.5M27 28.5H29A12.5 12.5 0 0 1 29 53.5H6.5V6.5"],
  [301, "M6.5 60V20L20 6.5H32L45.5 20V60M6.5 40H45.5"],
];

export const LETTERS = "ABCDEF";

/** @param {{name: keyof typeof ICONS}} props */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[name]} /></svg>`;
}

/** @param {{at: number}} props an option's position, 0-based */
export function Emblem({ at }) {
  const { path, y, size } = EMBLEMS[at];
  return html`<span class="emblem"><svg viewBox="0 0 100 100" role="img" aria-label=${LETTERS[at]}>
    <path d=${path} /><text x="50" y=${y} font-size=${size}>${LETTERS[at]}</text></svg></span>`;
}

/** The class that gives an option its colours. @param {number} at */
export const colours_of = (at) => `opt-${LETTERS[at].toLowerCase()}`;

/** A half section: one part, half solid (online), half hatched (paper), one axis. */
export function Mark() {
  return html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true"><${Section} /></svg>`;
}

/** The mark and the name beside it; drawn in strokes, it is no font. @param {{label: string}} props */
export function Wordmark({ label }) {
  return html`<svg class="wordmark" viewBox="-4 -5 366 70" role="img" aria-label=${label}>
    <g transform="translate(-2 -4.5) scale(1.08)"><${Section} /></g>
    ${LETTER_STROKES.map(
      ([x, path]) => html`<path transform=${`translate(${x} 0)`} d=${path} fill="none" stroke="currentColor" stroke-width="13" />`,
    )}
  </svg>`;
}

function Section() {
  return html`<path d="M32 7a25 25 0 0 0 0 50Z" fill="currentColor" />
    <path d="M32 7a25 25 0 0 1 0 50" fill="none" stroke="currentColor" stroke-width="4" />
    <path d="M32 10 33.9 8.1M32 21 42.6 10.4M32 32 49 15M32 43 53.6 21.4M32 54 55.9 30.1M32 0v64" fill="none" stroke="currentColor" stroke-width="3.4" />`;
}

/** Places gained (or lost, below zero) since the round before. @param {{by: number, label?: string, children?: any}} props */
export function Move({ by, label, children }) {
  if (by === 0) return html`<span class="move move-same" aria-label=${label}>–</span>`;
  return html`<span class=${`move ${by > 0 ? "move-up" : "move-down"}`}>
    <svg viewBox="0 0 20 20" role="img" aria-label=${label}><path d=${by > 0 ? "M10 2 19 18H1Z" : "M10 18 1 2h18Z"} /></svg>${children}</span>`;
}
