/**
 * The standing: twelve rows a page that turn by themselves; places move. A place that is certain is filled, one that others may still
 * take is framed, and of a team whose points are not all known the places that are possible are hatched.
 */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Icon, Move } from "/browser/parts/drawings.js";
import { points, t, time_of_day } from "/browser/words.js";
import { useFlip } from "./flip.js";
import { Amended, Stale, Strip } from "./frame.js";
import { lost_since, now_ms, room, session } from "./hall.js";
import { useRows, useTurning } from "./rows.js";
import { SheetsLine } from "./sheets_line.js";

const A_PAGE = 12;
const AT_ONCE = 8 * A_PAGE; // at most 100 rows are given
const TURN_MS = 8_000;
const MOVE_AFTER_MS = 900; // long enough to find oneself where one was
const MARKED = new Set(["revealed", "round_end", "final", "finished"]);

export function Standing() {
  const { which } = room().stage;
  const [of, set_of] = useState(1);
  const venue = session.welcome.value?.venue;
  const turn = useTurning(TURN_MS) % (Math.ceil(of / A_PAGE) + (venue ? 1 : 0)); // a venue's screen shows its own teams first
  if (venue && turn === 0) return html`<${OwnStanding} which=${which} />`;
  return html`<${All} which=${which} start=${(turn - (venue ? 1 : 0)) * A_PAGE} set_of=${set_of} />`;
}

/** The teams of this screen's venue: their places in all, and among each other. @param {{which: string}} props */
function OwnStanding({ which }) {
  const known = useRows(which, 0, A_PAGE, true);
  return html`<main class="stage is-standing is-own"><div class="stage-inner">
    <${Strip} strong=${t("standing.own")} words=${known?.venue?.name ?? ""}><${Amended} /><${lost_since.value ? Stale : AsOf} /><//>
    ${known && html`<${Table} key="own" rows=${known.rows.map((row) => ({ ...row, gained: 0 }))} start=${0} />`}
  </div></main>`;
}

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

/** A standing that is written down says when it was so. */
function AsOf() {
  return html`<div>${time_of_day(session.link_state.value.state === "on" ? now_ms.value : lost_since.value, true)}</div>`;
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
    <td class="team">${row.name}${row.here && html`<small class="here">${t("standing.here", { n: row.here })}</small>`}</td><td class="where"><${Where} row=${row} /></td>
    <td class="r">${is_open ? t("standing.waiting") : `${row.round > 0 ? "+" : ""}${points(row.round)}`}</td>
    <td class="r sum">${is_open ? span(points(row.least), points(row.most)) : points(row.points)}</td></tr>`;
}

/** @param {number | string} least @param {number | string} most */
const span = (least, most) => (least === most ? least : `${least}–${most}`);

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
