/** The actions that make sense now, each with its key. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { action_words, row_of } from "./actions.js";
import { view } from "./evening.js";
import { armed, twice } from "./twice.js";

/** @param {string} code @returns {string} what is printed on the key */
export const key_words = (code) => code.replace(/^(Key|Digit)/, "");

export function ActionRow() {
  const shown = view.value;
  if (!shown) return null;
  return html`<div class="action-row">
    ${row_of(shown).map((action) => html`<${ActionButton} key=${action.name} action=${action} />`)}
  </div>`;
}

/** @param {{action: import("./actions.js").Action}} props */
export function ActionButton({ action }) {
  const shown = /** @type {Record<string, any>} */ (view.value);
  const sure = armed.value === action.name;
  return html`<button
    type="button"
    class=${`button ${action.danger ? "button-danger" : ""} ${sure ? "is-armed" : ""}`}
    onClick=${() => act(action)}
  >
    <span>${sure ? t("sure") : action_words(action, shown)}</span> <kbd class="key">${key_words(action.code)}</kbd>
  </button>`;
}

/** @param {import("./actions.js").Action} action */
export function act(action) {
  if (action.danger) twice(action.name, action.run);
  else action.run();
}
