/**
 * The standing: twelve rows a page that turn by themselves; places move. A place that is certain is filled, one that others may still
 * take is framed, and of a team whose points are not all known the places that are possible are hatched.
 */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Icon, Move } from "/browser/parts/drawings.js";
import { points, t } from "/browser/words.js";
import { useFlip } from "./flip.js";
import { Amended, AsOf, Stale, Strip } from "./frame.js";
import { lost_since, room, session } from "./hall.js";
import { OwnStanding } from "./own_standing.js";
import { useRows, useTurning } from "./rows.js";
import { SheetsLine } from "./sheets_line.js";
import { span } from "./span.js";

const A_PAGE = 12;
const AT_ONCE = 8 * A_PAGE; // at most 100 rows are given
const TURN_MS = 8_000;
const MOVE_AFTER_MS = 900; // long enough to find oneself where one was
const MARKED = new Set(["revealed", "round_end", "final", "finished"]);

export function Standing() {
  const { which } = room().stage;
  return session.welcome.value?.venue ? html`<${OwnAndAll} which=${which} />` : html`<${Pages} which=${which} turn=${useTurning(TURN_MS)} />`;
}

/** A venue's screen shows its own teams first, and then all. @param {{which: string}} props */
function OwnAndAll({ which }) {
  const turn = useTurning(TURN_MS);
  const [of, set_of] = useState(1);
  const [own_of, set_own] = useState(1);
  const own_pages = pages_of(own_of);
  const page = turn % (own_pages + pages_of(of));
  const known = useRows(which, Math.min(page, own_pages - 1) * A_PAGE, A_PAGE, true);
  useEffect(() => set_own(known?.of ?? 1), [known]);
  return page < own_pages ? html`<${OwnStanding} known=${known} />` : html`<${All} which=${which} start=${(page - own_pages) * A_PAGE} set_of=${set_of} />`;
}

/** @param {{which: string, turn: number}} props */
function Pages({ which, turn }) {
  const [of, set_of] = useState(1);
  return html`<${All} which=${which} start=${(turn % pages_of(of)) * A_PAGE} set_of=${set_of} />`;
}

/** @param {number} rows */
const pages_of = (rows) => Math.max(1, Math.ceil(rows / A_PAGE));

/** @param {{which: string, start: number, set_of: (of: number) => void}} props */
function All({ which, start, set_of }) {
  const known = useRows(which, start - (start % AT_ONCE), AT_ONCE);
  useEffect(() => set_of(Math.max(1, known?.of ?? 1)), [known]);
  const has_page = known && start >= known.start && start < known.start + AT_ONCE;
  return html`<main class="stage is-standing"><div class="stage-inner">
    <${Head} which=${which} start=${start} of=${known?.of ?? 0} />
    ${known && MARKED.has(room().phase) && html`<${SheetsLine} certain=${known.certain} />`}
    ${has_page && html`<${Table} key=${which} rows=${known.rows} start=${start - known.start} />`}
  </div></main>`;
}

/** @param {{which: string, start: number, of: number}} props */
function Head({ which, start, of }) {
  const { round, phase, frozen } = room();
  const when = round && phase !== "lobby" ? t(phase === "round_end" ? "standing.after" : "standing.during", { n: round.number }) : "";
  return html`<${Strip} strong=${t(which === "speed" ? "standing.speed" : "standing")} words=${when}>
    ${of > 0 && html`<div>${t("standing.places")} <b>${start + 1}–${Math.min(start + A_PAGE, of)}</b> ${t("standing.of", { n: of })}</div>`}
    <${Amended} />
    ${lost_since.value ? html`<${Stale} />` : frozen ? html`<div class="frozen"><span>${t("standing.frozen")}</span></div>` : html`<${AsOf} />`}
  <//>`;
}

/** @param {{rows: any[], start: number}} props */
function Table({ rows, start }) {
  const moved = useMoved(rows);
  const shown = (moved ? rows : as_before(rows)).slice(start, start + A_PAGE);
  const body = useFlip(`${shown.map((row) => row.team).join()}`);
  if (rows.length === 0) return html`<p class="nobody">${t("standing.nobody")}</p>`;
  return html`<table class="standing">
    <thead><tr><th class="c-place">${t("standing.place")}</th><th class="c-move" /><th>${t("standing.team")}</th><th class="c-where">${t("standing.where")}</th>
      <th class="r c-round">${t("standing.round")}</th><th class="r c-sum">${t("standing.total")}</th></tr></thead>
    <tbody ref=${body}>${shown.map((row) => html`<${Row} key=${row.team} row=${row} />`)}</tbody>
  </table>`;
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

/** @param {{row: Record<string, any>}} props */
function Row({ row }) {
  const is_open = row.least < row.most; // of a certain row neither is told
  return html`<tr data-key=${row.team} class=${is_open ? "is-pending" : row.best < row.worst ? "may-move" : ""}>
    <td><span class="place">${is_open ? span(row.best, row.worst) : row.place}</span></td>
    <td>${!is_open && html`<${Move} by=${row.gained} label=${move_words(row.gained)}>${Math.abs(row.gained)}<//>`}</td>
    <td class="team">${row.name}</td><td class="where"><${Where} row=${row} /></td>
    <td class="r">${is_open ? t("standing.waiting") : `${row.round > 0 ? "+" : ""}${points(row.round)}`}</td>
    <td class="r sum">${is_open ? span(points(row.least), points(row.most)) : points(row.points)}</td></tr>`;
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
