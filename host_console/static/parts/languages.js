/** The device's language, one press away. */
import { LANGUAGES, language, speak, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";

export function Languages() {
  const other = LANGUAGES.find((each) => each !== language.value) ?? language.value;
  return html`<button
    type="button"
    class="language"
    lang=${other}
    onClick=${() => speak(other)}
    aria-label=${t("language.other", {}, other)}
  >
    ${other.toUpperCase()}
  </button>`;
}
