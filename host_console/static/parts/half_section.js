/** The mark as a drawing: half solid, half hatched, on its two axes. */
import { html } from "/browser/parts/html.js";

const R = 84;
const ROOT = Math.SQRT1_2;
const HATCH = [-56, -40, -24, -8, 8, 24, 40, 56, 72].map(stroke_at).join("");

export function HalfSection() {
  return html`<svg class="drawing half-section" viewBox="-120 -120 240 240" aria-hidden="true">
    <path class="d-skin" d=${`M0-${R}a${R} ${R} 0 0 1 0 ${2 * R}Z`} /><path class="d-thin" d=${HATCH} />
    <path fill="currentColor" d=${`M0-${R}a${R} ${R} 0 0 0 0 ${2 * R}Z`} />
    <path class="d-thick" d=${`M0-${R}a${R} ${R} 0 0 1 0 ${2 * R}a${R} ${R} 0 0 1 0-${2 * R}`} />
    <path class="d-axis" d="M0-116V116M-116 0H116" /><path class="d-axis is-on-solid" d=${`M-${R - 4} 0H0`} />
  </svg>`;
}

/** A line at 45 degrees so far from the middle, from the axis to the rim. @param {number} off */
function stroke_at(off) {
  const [from, to] = [-off, Math.sqrt(R * R - off * off)].map((along) => Math.max(along, -Math.sqrt(R * R - off * off)));
  const point = (/** @type {number} */ along) => `${((off + along) * ROOT).toFixed(1)} ${((off - along) * ROOT).toFixed(1)}`;
  return `M${point(from)}L${point(to)}`;
}
