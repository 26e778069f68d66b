/** The head of every page: the team, the way to the other language, and how the connection is. Both its faces take the same room. */
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { LANGUAGES, language, speak, t } from "/browser/words.js";
import { is_linked, mine, session } from "./team.js";

/** @param {{quiet?: boolean}} props quiet: no language switch, a thumb is at work */
export function Top({ quiet = false }) {
  const lost = !is_linked.value;
  return html`<header class="phone-top">
    <div class=${`phone-bar ${lost ? "is-behind" : ""}`} aria-hidden=${lost}>
      <span class="team">${mine.value?.name}</span>
      ${!quiet && html`<${Speech} />`}
      <${LinkState} />
    </div>
    <div class=${`offline ${lost ? "" : "is-behind"}`} role="status" aria-hidden=${!lost}>
      <${Icon} name="offline" />
      <p><b>${t("link.off")}</b><span>${t("offline")}</span></p>
    </div>
  </header>`;
}

/** How the connection is, in a dot and a word. */
export function LinkState() {
  const { state } = session.link_state.value;
  const look = { on: "link-ok", slow: "link-slow" }[/** @type {string} */ (state)] ?? "link-lost";
  return html`<span class=${`link ${look}`}>${t(`link.${state}`)}</span>`;
}

/** The other language, by its own name. */
export function Speech() {
  const other = LANGUAGES.find((each) => each !== language.value) ?? "en";
  return html`<button class="speech" type="button" lang=${other} aria-label=${t("language", {}, other)} onClick=${() => speak(other)}>${other.toUpperCase()}</button>`;
}
