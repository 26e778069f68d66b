/** The standing of a venue's own teams: their places among each other, and in all. Few teams are written larger: a hall reads them. */
import { html } from "/browser/parts/html.js";
import { points, t } from "/browser/words.js";
import { useFlip } from "./flip.js";
import { Amended, AsOf, Stale, Strip } from "./frame.js";
import { lost_since } from "./hall.js";
import { span } from "./span.js";

const FEW = 7;

/** @param {{known: import("./rows.js").Rows | null}} props */
export function OwnStanding({ known }) {
  const { name, city } = known?.venue ?? { name: "" };
  return html`<main class="stage is-standing is-own"><div class="stage-inner">
    <${Strip} strong=${name} words=${city}>${known && html`<div>${t("standing.own", { n: known.of, teams: t("standing.own.teams", { n: known.of }), of: known.in_all })}</div>`}<${Amended} /><${lost_since.value ? Stale : AsOf} /><//>
    ${known && (known.rows.length ? html`<${Table} rows=${known.rows} />` : html`<p class="nobody">${t("standing.nobody")}</p>`)}
  </div></main>`;
}

/** @param {{rows: any[]}} props */
function Table({ rows }) {
  const body = useFlip(rows.map((row) => row.team).join());
  return html`<table class=${`standing ${rows.length <= FEW ? "has-few" : ""}`}>
    <thead><tr><th class="c-place">${t("standing.here")}</th><th>${t("standing.team")}</th><th class="r c-all">${t("standing.in_all")}</th>
      <th class="r c-round">${t("standing.round")}</th><th class="r c-sum">${t("standing.total")}</th></tr></thead>
    <tbody ref=${body}>${rows.map((row) => html`<${Row} key=${row.team} row=${row} />`)}</tbody>
  </table>`;
}

/** @param {{row: Record<string, any>}} props */
function Row({ row }) {
  const is_open = row.least < row.most; // of a certain row neither is told
  const [best, worst] = [row.here_best ?? row.here, row.here_worst ?? row.here];
  return html`<tr data-key=${row.team} class=${is_open ? "is-pending" : best < worst ? "may-move" : ""}>
    <td><span class="place">${is_open ? span(best, worst) : row.here}</span></td><td class="team">${row.name}</td>
    <td class="r all">${is_open ? span(row.best, row.worst) : row.place}</td>
    <td class="r">${is_open ? t("standing.waiting") : `${row.round > 0 ? "+" : ""}${points(row.round)}`}</td>
    <td class="r sum">${is_open ? span(points(row.least), points(row.most)) : points(row.points)}</td></tr>`;
}
