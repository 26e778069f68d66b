/** A screen that no battle knows yet: its code, for the host to confirm. Also what is shown when it cannot go on by itself. */
import { html } from "/browser/parts/html.js";
import { Mark, Wordmark } from "/browser/parts/drawings.js";
import { t } from "/browser/words.js";
import { Stale } from "./frame.js";
import { pairing, session } from "./hall.js";
import { has_sound } from "./sounds.js";

export function Pairing() {
  const code = pairing.value;
  return html`<main class="stage pairing">
    <div class="lobby-art"><${Mark} /></div>
    <div class="lobby-main"><${Wordmark} label=${t("product")} />
      <p class="pair-how">${t(code ? "pair.how" : session.link_state.value.state === "on" ? "pair.wait" : "screen.connecting")}</p>
      <p class="pin">${code && `${code.slice(0, 3)}\u00a0${code.slice(3)}`}</p>
      <p class="pair-sound">${t(has_sound.value ? "pair.sound_on" : "pair.sound")}</p></div>
    <div class="corner-note"><${Stale} /></div>
  </main>`;
}

/** Opened elsewhere, or too old to go on: a tap helps. */
export function Ended() {
  const is_elsewhere = session.link_state.value.reason === "replaced";
  const act = () => (is_elsewhere ? session.open() : location.reload());
  return html`<main class="stage pairing" onClick=${act}>
    <div class="lobby-art"><${Mark} /></div>
    <div class="lobby-main"><${Wordmark} label=${t("product")} /><h1>${t(is_elsewhere ? "screen.replaced" : "screen.reload")}</h1>
      <p class="pair-how">${t(is_elsewhere ? "screen.replaced.what" : "screen.reload.what")}</p></div>
  </main>`;
}
