/** One sheet in the grid. It is drawn again when its own cells change or the cursor is in it, and not otherwise. */
import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { points, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { cursor, team_here } from "./cursor.js";
import { Cell, OnPhones, Total } from "./grid_cell.js";
import { key } from "./room.js";
import { TOTAL, cell, on_paper, on_phones, sheet } from "./sheet.js";
import { disagrees, sum_of, total_of } from "./sums.js";

/** @param {{team: string, name: string, sheets: string, row: number}} props */
export function Row({ team, name, sheets, row }) {
  const line = useRef(/** @type {HTMLElement | null} */ (null));
  const column = useComputed(() => (team_here() === team ? cursor.value.column : -1)).value; // rows may change places
  useEffect(
    () => void (column >= 0 && line.current?.querySelector(".is-cursor")?.scrollIntoView({ block: "nearest", inline: "nearest" })),
    [column],
  );
  const own = new Set(sheet(team).value.own.map((operation) => operation.question));
  const sum = sum_of(on_paper(team), (question) => cell(team, question));
  const total = total_of(cell(team, TOTAL));
  const bad = disagrees(sum, total);
  return html`<tr ref=${line} class=${column >= 0 ? "is-row" : ""} data-row=${row}>
    <th scope="row"><span>${name}</span>${sheets && html`<small>${t("sheet.number", { number: sheets })}</small>`}</th>
    ${key.value.map((question, at) => on_phones(team, question.id) ? html`<${OnPhones} key=${question.id} team=${team} question=${question.id} at=${at} here=${column === at} />` : html`<${Cell} key=${question.id} team=${team} question=${question.id} at=${at} here=${column === at} voided=${question.voided} />`)}
    <td class=${`sum ${bad ? "bad" : ""}`}>${sum_words(sum)}</td>
    <${Total} team=${team} at=${key.value.length} here=${column === key.value.length} bad=${bad} />
    <${State} sum=${sum} total=${total} bad=${bad} own=${own} here=${column >= 0} />
  </tr>`;
}

/** A nearest number may add its points yet: the sum is then a range. @param {import("./sums.js").Sum} sum */
export function sum_words(sum) {
  if (!sum.any) return "";
  return sum.open ? `${points(sum.points)}–${points(sum.points + sum.open)}` : points(sum.points);
}

/** @param {{sum: import("./sums.js").Sum, total: number | null, bad: boolean, own: Set<string>, here: boolean}} props */
function State({ sum, total, bad, own, here }) {
  if (bad || sum.trouble)
    return html`<td class="no" aria-label=${t(bad ? "row.bad" : "row.trouble")}><${Icon} name="alert" /></td>`;
  if (sum.whole && !own.size) return html`<td class="ok" aria-label=${t("row.done")}><${Icon} name="check" /></td>`;
  if (sum.whole) return html`<td class="todo">${t("row.here")}</td>`;
  if (!sum.any && total !== null) return html`<td class="todo">${t("row.total")}</td>`;
  return html`<td class="todo">${t(here ? "row.now" : sum.any ? "row.part" : "row.waits")}</td>`;
}
