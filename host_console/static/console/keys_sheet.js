/** All keys on one sheet; each line is also a button, so that nothing needs a keyboard. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { act, key_words } from "./action_row.js";
import { ACTIONS, action_words } from "./actions.js";
import { view } from "./evening.js";
import { Sheet, lift, lying } from "./overlay.js";
import { armed } from "./twice.js";

const GROUPS = ["evening", "screen", "judging", "people"];

export function KeysSheet() {
  return html`<${Sheet} title=${t("keys")}><div class="keys">
    ${GROUPS.map(
      (group) =>
        html`<section key=${group}>
          <h3>${t(`keys.${group}`)}</h3>
          <ul>
            ${group === "evening" && html`<${Fixed} words=${t("keys.next")} keys=${t("key.space")} /><${Fixed} words=${t("keys.clicker")} keys="PgDn · PgUp" />`}
            ${ACTIONS.filter((action) => action.group === group).map((action) => html`<${Line} key=${action.name} action=${action} />`)}
            ${group === "people" && html`<${Fixed} words=${t("keys.this")} keys="?" />`}
          </ul>
        </section>`,
    )}
  </div><p class="quiet keys-safe">${t("keys.safe")}</p></${Sheet}>`;
}

/** @param {{words: string, keys: string}} props */
function Fixed({ words, keys }) {
  return html`<li><span>${words}</span><kbd class="key">${keys}</kbd></li>`;
}

/** @param {{action: import("./actions.js").Action}} props */
function Line({ action }) {
  const shown = view.value;
  const can = shown && action.can(shown);
  const press = () => {
    act(action);
    if (lying.value?.name === "keys" && armed.value !== action.name) lift();
  };
  return html`<li>
    <button type="button" disabled=${!can} onClick=${press}>
      <span
        >${armed.value === action.name ? t("sure") : shown && action_words(action, shown)}${action.danger ? ` ${t("twice")}` : ""}</span
      ><kbd class="key">${key_words(action.code)}</kbd>
    </button>
  </li>`;
}
