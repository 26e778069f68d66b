/** Who sits at this device: two people's marks are told apart by it, and a dispute shows both names. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Line } from "../parts/controls.js";

const STORE = "quiz.who";

/** "" until somebody has said. */
export const who = signal(localStorage.getItem(STORE) ?? "");

export function AskWho() {
  const keep = (/** @type {string} */ name) => {
    localStorage.setItem(STORE, name);
    who.value = name;
  };
  return html`<div class="overlay">
    <section class="sheet light is-narrow" role="dialog" aria-modal="true" aria-label=${t("who")}>
      <header><h2>${t("who")}</h2></header>
      <div class="sheet-body">
        <${Line}
          label=${t("who.name")}
          verb=${t("who.begin")}
          hint=${t("who.why")}
          act=${keep}
          input=${{ maxlength: 40, ref: focused }}
        />
      </div>
    </section>
  </div>`;
}

/** @param {HTMLElement | null} input */
function focused(input) {
  input?.focus();
}
