/** The history of the cell under the cursor, on request. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";
import { History } from "../parts/history.js";
import { column_words } from "./cell_words.js";
import { question_here, team_here } from "./cursor.js";
import { scope, session } from "./room.js";
import { cell, teams } from "./sheet.js";

/** @typedef {import("../parts/history.js").Row} Row */
/** @typedef {{title: string, rows: Row[] | null, is_away?: boolean}} Asked `is_away`: the server has the history, and there is no server */

/** @type {import("@preact/signals").Signal<Asked | null>} */
const shown = signal(null);

/** Something was ever written where the cursor is. */
export function has_past() {
  const [team, question] = [team_here(), question_here()];
  if (!team || !question) return false;
  const { present, late } = cell(team, question);
  return present.length > 0 || Boolean(late);
}

export async function show_past() {
  const [team, question] = [team_here(), question_here()];
  const title = `${teams.value.find((each) => each.team === team)?.name}, ${column_words(question)}`;
  shown.value = { title, rows: null };
  const { page } = await session.ask({ t: "page", of: "cell", team, round: scope.value.round, question });
  if (shown.value) shown.value = { title, rows: page?.rows ?? [], is_away: !page };
}

export function Past() {
  if (!shown.value) return null;
  const { title, rows, is_away } = shown.value;
  return html`<${Dialog} title=${title} close=${() => (shown.value = null)}>
    ${is_away ? html`<p class="nothing">${t("history.away")}</p>` : html`<${History} rows=${rows} />`}
  </${Dialog}>`;
}
