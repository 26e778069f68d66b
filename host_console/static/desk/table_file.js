/** A venue that would rather fill in a spreadsheet: its template, and its file back, as marks of whoever sits here. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";
import { FileButton } from "../parts/file_button.js";
import { TableImport } from "../parts/table_import.js";
import { is_away } from "./place.js";
import { key, role, session, view } from "./room.js";
import { is_seated, signs_as } from "./who.js";

const is_open = signal(false);

export function DeskTable() {
  if (is_away.value) return null;
  const { id, name } = view.value?.venue ?? {};
  return html`<section class="box only-wide desk-print">
    <h2>${t("table")}</h2>
    <${FileButton} session=${session} wish=${{ what: "template", form: "xlsx", venue: id }} name=${`${t("table.template")}, ${name}.xlsx`} label=${t("table.template")} />
    ${key.value.length > 0 && html`<button type="button" class="button" disabled=${!is_seated.value} onClick=${() => (is_open.value = true)}>${t("table.import")}</button>`}
  </section>`;
}

export function DeskImport() {
  if (!is_open.value) return null;
  const asked = { scorekeeper: signs_as.value, ...(role === "host" ? { venue: view.value.venue.id } : {}) };
  return html`<${Dialog} title=${t("table.import.head")} wide close=${() => (is_open.value = false)}>
    <${TableImport} session=${session} asked=${asked}><p class="quiet">${t("table.desk.why")}</p></${TableImport}>
  </${Dialog}>`;
}
