/** What is left of the time: a thin bar and seconds. Silent for a screen reader, which is told by the announcer. */
import { html } from "/browser/parts/html.js";
import { t } from "/browser/words.js";
import { moment, view } from "./team.js";

const LAST_S = 5;
const LAST_CALL_LAST_S = 10;

export function ClockBar() {
  const { is, left, of } = moment.value;
  const last_s = view.value?.phase === "last_call" ? LAST_CALL_LAST_S : LAST_S;
  const is_last = is === "open" && left !== null && left <= last_s;
  const shown = is === "reading" || left === null ? of : left;
  const look = is === "reading" ? "is-coming" : is === "over" ? "is-over" : is_last ? "is-last" : "";
  return html`<div class=${`phone-clock ${look}`} role="timer" aria-label=${t("seconds.left", { n: shown })}>
    <span class="track"><i style=${{ "--v": shown, "--n": Math.max(of, 1) }} /></span>
    <b>${is === "shown" ? "" : t("seconds.short", { n: shown })}</b></div>`;
}
