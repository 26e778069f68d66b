/** The history of the cell under the cursor, on request. */
import { signal } from "@preact/signals";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";
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
  return html`<${Dialog} title=${shown.value.title} close=${() => (shown.value = null)}><${History} rows=${shown.value.rows} /></${Dialog}>`;
}
