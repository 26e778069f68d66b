/** The standing: twelve rows a page that turn by themselves; places move; a sheet that is missing is hatched. */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Icon, Move } from "/browser/parts/drawings.js";
import { points, t, time_of_day } from "/browser/words.js";
import { Sheets } from "./closed.js";
import { useFlip } from "./flip.js";
import { Stale, Strip } from "./frame.js";
import { lost_since, now_ms, room, session } from "./hall.js";
import { useRows, useTurning } from "./rows.js";

const A_PAGE = 12;
const AT_ONCE = 8 * A_PAGE; // at most 100 rows are given
const TURN_MS = 8_000;
const MOVE_AFTER_MS = 900; // long enough to find oneself where one was
const MARKED = new Set(["revealed", "round_end", "final", "finished"]);

export function Standing() {
  const { which } = room().stage;
  const [of, set_of] = useState(1);
  const start = (useTurning(TURN_MS) % Math.ceil(of / A_PAGE)) * A_PAGE;
  const known = useRows(which, start - (start % AT_ONCE), AT_ONCE);
  useEffect(() => set_of(Math.max(1, known?.of ?? 1)), [known]);
  const has_page = known && start >= known.start && start < known.start + AT_ONCE;
  return html`<main class="stage is-standing"><div class="stage-inner">
    <${Head} which=${which} start=${start} of=${known?.of ?? 0} />
    ${MARKED.has(room().phase) && html`<${Sheets} />`}
    ${has_page && html`<${Table} key=${which} rows=${known.rows} start=${start - known.start} />`}
  </div></main>`;
}

/** @param {{which: string, start: number, of: number}} props */
function Head({ which, start, of }) {
  const { round, phase, frozen } = room();
  const when = round && phase !== "lobby" ? t(phase === "round_end" ? "standing.after" : "standing.during", { n: round.number }) : "";
  return html`<${Strip} strong=${t(which === "speed" ? "standing.speed" : "standing")} words=${when}>
    ${of > 0 && html`<div>${t("standing.places")} <b>${start + 1}–${Math.min(start + A_PAGE, of)}</b> ${t("standing.of", { n: of })}</div>`}
    ${lost_since.value ? html`<${Stale} />` : frozen ? html`<div class="frozen"><span>${t("standing.frozen")}</span></div>` : html`<${AsOf} />`}
  <//>`;
}

/** A standing that is written down says when it was so. */
function AsOf() {
  return html`<div>${time_of_day(session.link_state.value.state === "on" ? now_ms.value : lost_since.value, true)}</div>`;
}

/** @param {{rows: any[], start: number}} props */
function Table({ rows, start }) {
  const moved = useMoved(rows);
  const shown = (moved ? rows : as_before(rows)).slice(start, start + A_PAGE);
  const body = useFlip(`${shown.map((row) => row.team).join()}`);
  const may_move = sheets_are_missing() || rows.some((row) => row.pending);
  if (rows.length === 0) return html`<p class="nobody">${t("standing.nobody")}</p>`;
  return html`<table class="standing">
    <thead><tr><th class="c-place">${t("standing.place")}</th><th class="c-move" /><th>${t("standing.team")}</th><th class="c-where">${t("standing.where")}</th>
      <th class="r c-round">${t("standing.round")}</th><th class="r c-sum">${t("standing.total")}</th></tr></thead>
    <tbody ref=${body}>${shown.map((row) => html`<${Row} key=${row.team} row=${row} may_move=${may_move} />`)}</tbody>
  </table>`;
}

/** A sheet of this round that is still out may move anybody. */
function sheets_are_missing() {
  const { phase, counts } = room();
  return MARKED.has(phase) && counts.sheets !== undefined && counts.sheets.in < counts.sheets.of;
}

/** First the places as they were, then as they are. @param {any[]} rows */
function useMoved(rows) {
  const [moved, set_moved] = useState(!rows.some((row) => row.gained));
  useEffect(() => {
    const timer = setTimeout(() => set_moved(true), MOVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return moved;
}

/** @param {any[]} rows */
function as_before(rows) {
  return [...rows].sort((one, other) => one.place + one.gained - (other.place + other.gained));
}

/** @param {{row: Record<string, any>, may_move: boolean}} props */
function Row({ row, may_move }) {
  return html`<tr data-key=${row.team} class=${row.pending ? "is-pending" : may_move ? "may-move" : ""}>
    <td><span class="place">${row.place}</span></td>
    <td>${!row.pending && html`<${Move} by=${row.gained} label=${move_words(row.gained)}>${Math.abs(row.gained)}<//>`}</td>
    <td class="team">${row.name}</td><td class="where"><${Where} row=${row} /></td>
    <td class="r">${row.pending ? t("standing.waiting") : `${row.round > 0 ? "+" : ""}${points(row.round)}`}</td>
    <td class="r sum">${points(row.points)}</td></tr>`;
}

/** @param {number} gained */
function move_words(gained) {
  return gained === 0 ? t("standing.same") : t(gained > 0 ? "standing.up" : "standing.down", { n: Math.abs(gained) });
}

/** @param {{row: Record<string, any>}} props */
function Where({ row }) {
  const online = row.plays === "online";
  const hall = room().counts.venues > 1 && row.venue ? row.venue : t("standing.hall");
  return html`<span><${Icon} name=${online ? "phone" : "sheet"} /><span class="where-name">${online ? t("standing.online") : hall}</span></span>`;
}
