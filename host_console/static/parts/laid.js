/** A sheet that lies over a desk. It is closed by one key, wherever the focus has gone; the grid below hears none while it lies there. */
import { useEffect } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";

/** @param {{title: string, close: () => void, look?: string, children?: any}} props */
export function Laid({ title, close, look = "is-narrow", children }) {
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => event.code === "Escape" && close();
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
  return html`<div class="overlay" onMouseDown=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && close()}>
    <section class=${`sheet light ${look}`} role="dialog" aria-modal="true" aria-label=${title} tabindex="-1" ref=${focused}>
      <header>
        <h2>${title}</h2>
        <button type="button" class="button-close" onClick=${close}>${t("close")} <kbd class="key">Esc</kbd></button>
      </header>
      <div class="sheet-body">${children}</div>
    </section>
  </div>`;
}

/** @param {HTMLElement | null} sheet */
function focused(sheet) {
  sheet?.focus();
}
