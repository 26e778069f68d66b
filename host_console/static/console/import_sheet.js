/** Marks out of a table that a venue sent: a template that was filled in, totals of rounds, or masks. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { TableImport } from "../parts/table_import.js";
import { session, view } from "./evening.js";
import { Sheet } from "./overlay.js";
import { Template } from "./template.js";

/** What each kind looks like; the words over columns are read in both languages. @type {[string, string[][]][]} */
const KINDS = [
  ["template", [["1-014-2", "1", "0", "1", "2"]]],
  ["totals", [["", "7", "5"]]],
  ["masks", [["", "1", "1101?X"]]],
];

export function ImportSheet() {
  const venues = Object.entries(/** @type {Record<string, any>} */ (view.value?.venues ?? {})).filter(([, venue]) => venue.paper > 0);
  return html`<${Sheet} title=${t("table.import.head")}>
    <${TableImport} session=${session}>
      <p class="table-why">${t("table.why")}</p>
      <div class="table-kinds">${KINDS.map(([kind, rows]) => html`<${Kind} key=${kind} kind=${kind} rows=${rows} />`)}</div>
      ${
        venues.length > 0 &&
        html`<h3>${t("table.templates")}</h3>
          <div class="table-venues">${venues.map(([id, venue]) => html`<${Template} key=${id} id=${id} name=${venue.name} label=${venue.name} />`)}</div>`
      }
    </${TableImport}>
  </${Sheet}>`;
}

/** @param {{kind: string, rows: string[][]}} props */
function Kind({ kind, rows }) {
  const heads = t(`table.kind.${kind}.heads`).split(" | ");
  const team = t("table.kind.team");
  return html`<figure>
    <figcaption><b>${t(`table.kind.${kind}`)}</b><span>${t(`table.kind.${kind}.how`)}</span></figcaption>
    <table>
      <thead><tr>${heads.map((head, at) => html`<th key=${at}>${head}</th>`)}</tr></thead>
      <tbody>${rows.map((row, n) => html`<tr key=${n}>${row.map((cell, at) => html`<td key=${at}>${cell || team}</td>`)}</tr>`)}</tbody>
    </table>
  </figure>`;
}
