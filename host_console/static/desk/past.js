/** The history of the cell under the cursor, on request. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { History } from "../parts/history.js";
import { question_here, team_here } from "./cursor.js";
import { scope, session } from "./room.js";

/** @type {import("@preact/signals").Signal<{title: string, rows: import("../parts/history.js").Row[] | null} | null>} */
const shown = signal(null);

/** @param {string} title */
export async function show_past(title) {
  const [team, question] = [team_here(), question_here()];
  shown.value = { title, rows: null };
  const { page } = await session.ask({ t: "page", of: "cell", team, round: scope.value.round, question });
  if (shown.value) shown.value = { title, rows: page?.rows ?? [] };
}

export function Past() {
  if (!shown.value) return null;
  const close = () => (shown.value = null);
  return html`<div class="overlay" onMouseDown=${(/** @type {MouseEvent} */ event) => event.target === event.currentTarget && close()}>
    <section class="sheet light is-narrow" role="dialog" aria-modal="true" aria-label=${shown.value.title} tabindex="-1" ref=${focused}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.code === "Escape" && close()}>
      <header>
        <h2>${shown.value.title}</h2>
        <button type="button" class="button-close" onClick=${close}>${t("close")} <kbd class="key">Esc</kbd></button>
      </header>
      <div class="sheet-body"><${History} rows=${shown.value.rows} /></div>
    </section>
  </div>`;
}

/** @param {HTMLElement | null} sheet */
function focused(sheet) {
  sheet?.focus();
}
