/** What lies over the console: one sheet at a time. Closing it is always one key, and gives the focus back to where it was. */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";

/** @type {import("@preact/signals").Signal<{name: string, with?: any} | null>} */
export const lying = signal(null);

/** @param {string} name @param {any} [what] */
export function lay(name, what) {
  lying.value = { name, with: what };
}

export function lift() {
  lying.value = null;
}

/** @param {{title: any, wide?: boolean, children?: any}} props */
export function Sheet({ title, wide = true, children }) {
  const sheet = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const before = document.activeElement;
    const first = /** @type {HTMLElement | null | undefined} */ (sheet.current?.querySelector("[data-first]"));
    (first ?? sheet.current)?.focus();
    return () => before instanceof HTMLElement && before.focus();
  }, []);
  return html`<div
    class="overlay"
    onMouseDown=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && lift()}
  >
    <section
      ref=${sheet}
      class=${`sheet light ${wide ? "" : "is-narrow"}`}
      role="dialog"
      aria-modal="true"
      aria-label=${title}
      tabindex="-1"
    >
      <header>
        <h2>${title}</h2>
        <button class="button-close" type="button" onClick=${lift}>${t("close")} <kbd class="key">Esc</kbd></button>
      </header>
      <div class="sheet-body">${children}</div>
    </section>
  </div>`;
}
