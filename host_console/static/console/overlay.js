/** What lies over the console: one sheet at a time, and closing it is always one key. */
import { signal } from "@preact/signals";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";

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
  return html`<${Dialog} title=${title} close=${lift} wide=${wide}>${children}</${Dialog}>`;
}
