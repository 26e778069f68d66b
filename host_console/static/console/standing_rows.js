/** The top of the standing, asked for anew whenever the battle moves on. */
import { useEffect, useState } from "preact/hooks";
import { points, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { rows } from "./asking.js";
import { view } from "./evening.js";

/** @param {{which: string, count: number}} props */
export function StandingRows({ which, count }) {
  const [page, show] = useState(/** @type {any} */ (null));
  const shown = view.value;
  const sheets = shown?.counts.sheets?.in;
  useEffect(
    () => void rows("standing", { which, start: 0, count }).then((page) => page && show(page)),
    [which, shown?.step, shown?.frozen, sheets],
  );
  if (!page) return html`<p class="nothing">${t("loading")}</p>`;
  if (!page.of) return html`<p class="nothing">${t("standing.empty")}</p>`;
  return html`<table class="teams-table standing-top">
    <tbody>
      ${page.rows.map(
        (/** @type {any} */ row) =>
          html`<tr key=${row.team}>
            <td class=${`n ${row.least < row.most ? "hatch" : ""}`}><b>${row.place}</b></td>
            <td class="one-line">${row.name}</td>
            <td>${row.venue ?? t("online")}</td>
            <td class="r">${what_is_open(row)}</td>
            <td class="r"><b>${points(row.points)}</b></td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** @param {any} row */
function what_is_open(row) {
  const possible = row.best < row.worst ? t("place.possible", { best: row.best, worst: row.worst }) : "";
  return row.pending ? [t("sheet.missing"), possible].filter(Boolean).join(", ") : possible;
}
