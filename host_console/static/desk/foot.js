/** Below the grid: how many were right in each question, and what the venue's own list says of it. */
import { points, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { counted, is_counted, is_off, on_list } from "./column_totals.js";
import { FOOT, cursor, draft, question_here } from "./cursor.js";
import { cell_id } from "./grid_cell.js";
import { key } from "./room.js";
import { cell, on_paper, teams } from "./sheet.js";
import { sum_of } from "./sums.js";

export function Foot() {
  const sums = teams.value.map(({ team }) => sum_of(on_paper(team), (question) => cell(team, question)).points);
  return html`<tfoot>
    <tr>
      <th>${t("right_here")}</th>
      ${key.value.map((question) => html`<td key=${question.id} class=${is_off(question.id) ? "bad" : ""}>${is_counted(question) ? in_words(counted(question.id).right) : ""}</td>`)}
      <td>${points(sums.reduce((all, each) => all + each, 0))}</td>
      <td></td>
      <td></td>
    </tr>
    <tr class=${`on-list ${cursor.value.row === FOOT ? "is-row" : ""}`} data-row=${FOOT}>
      <th scope="row">${t("on_list")}</th>
      ${key.value.map((question, at) => html`<${Listed} key=${question.id} question=${question} at=${at} />`)}
      <td></td>
      <td></td>
      <td></td>
    </tr>
  </tfoot>`;
}

/** @param {{question: any, at: number}} props */
function Listed({ question, at }) {
  const here = cursor.value.row === FOOT && cursor.value.column === at;
  const said = on_list(question.id);
  const looks = [is_counted(question) || "is-uncounted", is_off(question.id) && "bad", here && "is-cursor"];
  return html`<td class=${looks.filter((each) => typeof each === "string").join(" ")} id=${cell_id("", question.id)} data-column=${at} role="gridcell" aria-selected=${here}>${(here ? draft.value : null) ?? (said === null ? "" : in_words(said))}</td>`;
}

/** A number of right answers, halves counted. @param {number} right */
const in_words = (right) => points(right * 100);

/** The list and the column under the cursor do not fit. */
export function ColumnDisagreement() {
  const question = question_here();
  if (!question || !is_off(question)) return null;
  const at = key.value.findIndex((each) => each.id === question) + 1;
  return html`<section class="box is-wrong">
    <h2>${t("column", { n: at, ours: in_words(counted(question).right), theirs: in_words(on_list(question) ?? 0) })}</h2>
    <p>${t("column.how")}</p>
  </section>`;
}
