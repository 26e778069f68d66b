/** The grid: a row a team, a column a question, spreadsheet manners. */
import { useComputed } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { cursor, go, question_here, team_here } from "./cursor.js";
import { GRID, take_keys } from "./focus.js";
import { Foot } from "./foot.js";
import { cell_id } from "./grid_cell.js";
import { Row } from "./row.js";
import { finish } from "./marking.js";
import { order, turn_order } from "./order.js";
import { key, scope } from "./room.js";
import { holds_text } from "./said.js";
import { TOTAL, cell, on_paper, teams } from "./sheet.js";
import { sum_of } from "./sums.js";
import { writes_words } from "./typing.js";

const MANY = 9; // questions or teams from which the grid is set closer

export function Grid() {
  const asked = key.value;
  const look = `grid ${asked.length > MANY ? "is-wide" : ""} ${teams.value.length > MANY ? "is-long" : ""}`;
  const here = useComputed(() => cell_id(team_here() ?? "", question_here()));
  useLayoutEffect(() => void (document.activeElement === document.body && take_keys()), []);
  return html`<div class="desk-scroll">
    <table id=${GRID} class=${look} role="grid" tabindex="0" aria-label=${t("desk.grid")} aria-activedescendant=${here} onMouseDown=${point}>
      <thead>
        <tr>
          <th><button type="button" class="grid-order" title=${t("order.turn")} onClick=${() => finish() && turn_order()}>${t(`order.${order.value}`)} <kbd class="key">${writes_words.value ? "Alt O" : "O"}</kbd></button></th>
          ${asked.map((question, at) => html`<${Head} key=${question.id} question=${question} at=${at} />`)}
          <th class="wide">${t("sum")}</th>
          <th class="wide">${t("on_sheet")}</th>
          <th class="state"></th>
        </tr>
      </thead>
      <tbody>
        ${teams.value.map(({ team, name, sheets }, row) => html`<${Row} key=${team} team=${team} name=${name} sheets=${sheets.join(", ")} row=${row} />`)}
      </tbody>
      <${Foot} />
    </table>
  </div>`;
}

/** A press with a finger or a mouse moves the cursor. @param {MouseEvent} event */
function point(event) {
  const at = event.target instanceof Element ? event.target.closest("td[data-column]") : null;
  if (!(at instanceof HTMLElement)) return;
  event.preventDefault();
  take_keys();
  if (finish()) go(Number(at.closest("tr")?.dataset.row), Number(at.dataset.column));
}

/** @param {{question: any, at: number}} props */
function Head({ question, at }) {
  const here = useComputed(() => cursor.value.column === at);
  const has_texts = useComputed(() => question.takes_text && teams.value.some(({ team }) => holds_text(cell(team, question.id))));
  const looks = [question.takes_value && "number", has_texts.value && "text", question.voided && "gone", here.value && "is-here"];
  return html`<th class=${looks.filter(Boolean).join(" ")} scope="col" title=${question.voided ? t("question.voided") : ""}>
    ${at + 1}
  </th>`;
}

/** Sheets that are in, of all. */
export function sheets_in() {
  const done = teams.value.filter(
    ({ team }) => sum_of(on_paper(team), (question) => cell(team, question)).whole || cell(team, TOTAL).state === "marked",
  ).length;
  return { n: done, of: Math.max(teams.value.length, scope.value?.expected ?? 0) };
}
