/** A button that asks twice, for what has no key of its own. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { armed, twice } from "./twice.js";

/** @param {{name: string, words: string, act: () => void}} props `name`: one of a kind on the page */
export function TwiceButton({ name, words, act }) {
  const sure = armed.value === name;
  return html`<button type="button" class=${`button button-danger ${sure ? "is-armed" : ""}`} onClick=${() => twice(name, act)}>${sure ? t("sure") : words}</button>`;
}
