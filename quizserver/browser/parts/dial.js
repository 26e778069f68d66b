/** The clock: an arc that steps once a second, and the seconds. */
import { t } from "../words.js";
import { html } from "./html.js";

const LAST_S = 5;

/**
 * @param {object} props
 * @param {number | null} props.left seconds; null: the clock stands
 * @param {number} props.of
 * @param {boolean} [props.waiting] the seconds lead up to the opening: the arc is dashed
 * @param {string} [props.instead] what to show for seconds nobody knows
 */
export function Dial({ left, of, waiting = false, instead }) {
  const shown = left ?? of;
  const look = instead !== undefined || left === 0 ? "is-over" : waiting ? "is-waiting" : left !== null && left <= LAST_S ? "is-last" : "";
  return html`<div class=${`dial ${look}`} role="timer" aria-label=${t("seconds.left", { n: shown })}>
    <svg viewBox="0 0 200 200" aria-hidden="true">
      <circle class="dial-track" cx="100" cy="100" r="80" />
      <circle class="dial-ticks" cx="100" cy="100" r="94" pathLength="600" stroke-dasharray="1.6 8.4" transform="rotate(-90.5 100 100)" />
      ${look !== "is-over" &&
      html`<circle class="dial-arc" cx="100" cy="100" r="80" pathLength=${of} stroke-dasharray=${`${Math.min(shown, of)} ${of}`} transform="rotate(-90 100 100)" />`}
      <path class="dial-axis" d="M100-6V14M100 186v20M-6 100H14M186 100h20" />
    </svg><b>${instead ?? shown}</b></div>`;
}

/** "4:59". @param {number} seconds */
export function minutes(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
