/** What just happened, in one sentence, with the way back where there is one. One at a time: the last is what matters. */
import { signal } from "@preact/signals";
import { because, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";

const SHOWN_MS = 7_000;

/** @typedef {{text: string, tone: "right" | "warn" | "wrong" | "plain", back?: () => void}} Notice */

/** @type {import("@preact/signals").Signal<Notice | null>} */
export const notice = signal(null);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} text @param {Notice["tone"]} [tone] @param {() => void} [back] */
export function tell(text, tone = "plain", back) {
  clearTimeout(timer);
  notice.value = { text, tone, back };
  timer = setTimeout(() => (notice.value = null), SHOWN_MS);
}

/** Somebody else being quicker is no fault of anybody's. @param {{code: string, detail?: string}} refused */
export function tell_refusal(refused) {
  tell(because(refused), refused.code === "stale" ? "plain" : "warn");
}

export function Notices() {
  const shown = notice.value;
  return html`<div class="notices" role="status">
    ${
      shown &&
      html`<p class=${`toast toast-${shown.tone}`}>
        <span>${shown.text}</span>
        ${shown.back && html`<button class="button" type="button" onClick=${() => take_back(shown)}>${t("undo")} <kbd class="key">U</kbd></button>`}
      </p>`
    }
  </div>`;
}

/** Takes the last thing back, if it can be. */
export function take_last_back() {
  if (notice.value?.back) take_back(notice.value);
}

/** @param {Notice} shown */
function take_back(shown) {
  notice.value = null;
  shown.back?.();
}
