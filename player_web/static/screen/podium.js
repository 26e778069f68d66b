/** Three, two, one; then everybody's place, page by page beside the steps. Nobody who may still be passed is called a winner. */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { bound, local, points, t } from "/browser/words.js";
import { Amended, Stale } from "./frame.js";
import { room } from "./hall.js";
import { useRows, useTurning } from "./rows.js";

const STEPS = 3;
const STEP_MS = 3_000;
const AT_ONCE = 100;
const A_PAGE = 13;
const PAGES_AT_ONCE = 7;
const TURN_MS = 6_000;
const LONG_NAME = 26;
const LONG_WORD = 9;
const MOST_NAMES = 2; // of teams that share a step, in each of its columns

/** @param {{live?: boolean}} props live: it has only just come, so the places are told one after another */
export function Podium({ live = false }) {
  const best = useRows("total", 0, AT_ONCE);
  const shown = useSteps(live && room().phase === "final", best !== null);
  const { battle, champion } = room();
  const is_certain = champion === "certain";
  const steps = steps_of(best?.rows ?? []);
  const is_whole = steps.every(({ teams, columns }) => teams.length <= columns * MOST_NAMES);
  const named = is_whole ? steps.reduce((sum, { teams }) => sum + teams.length, 0) : 0; // a team has its name on a step or in the list
  return html`<main class="stage podium">
    <div class="podium-steps"><header><h1>${t(is_certain ? "podium" : "podium.open")}</h1><p>${champion === "open" ? t("podium.open.what") : local(battle.title)}</p></header>
      ${steps.map((step) => html`<${Step} key=${step.teams[0].team} ...${step} shown=${shown > STEPS - step.place} />`)}</div>
    ${best && html`<${Rest} from=${named} of=${best.of} shown=${shown > STEPS} />`}
    <div class="corner-note"><${Stale} /><${Amended} /></div>
  </main>`;
}

/**
 * The steps from left to right. Three teams have one each, whatever places they share; more than three share a step a place, and
 * the fullest step takes the columns that are left over.
 * @param {any[]} rows
 */
export function steps_of(rows) {
  const best = rows.filter((row) => row.place <= STEPS);
  const groups = best.length <= STEPS ? best.map((row) => [row]) : [1, 2, 3].map((place) => best.filter((row) => row.place === place));
  const steps = groups.filter((teams) => teams.length > 0).map((teams) => ({ place: teams[0].place, teams, columns: 1 }));
  const fullest = steps.reduce((one, other) => (other.teams.length > one.teams.length ? other : one), steps[0]);
  if (fullest && (steps.length === 1 || fullest.teams.length > MOST_NAMES)) fullest.columns += STEPS - steps.length;
  const [first, second, third] = steps;
  return [second, first, third].filter((step) => step !== undefined);
}

/** How many steps have been told; one more than there are: all the rest too. @param {boolean} one_by_one @param {boolean} ready */
function useSteps(one_by_one, ready) {
  const [told, tell] = useState(one_by_one ? 0 : STEPS + 1);
  useEffect(() => {
    if (!ready || told > STEPS) return undefined;
    const timer = setTimeout(() => tell(told + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [ready, told]);
  return told;
}

/** @param {{place: number, teams: any[], columns: number, shown: boolean}} props */
function Step({ place, teams, columns, shown }) {
  const named = teams.slice(0, MOST_NAMES * columns);
  const more = teams.length - named.length;
  const is_open = teams.some((row) => row.best < row.worst);
  return html`<div class=${`step step-${place} ${is_open ? "is-open" : ""} ${shown ? "" : "is-coming"}`} style=${{ "--columns": columns }}>
    <div class=${`step-name ${look_of(named)}`}>${named.map((row) => html`<p key=${row.team}>${bound(row.name)}</p>`)}
      <small>${more > 0 ? t("podium.more", { n: more }) : teams.length === 1 ? where(teams[0]) : ""}</small></div>
    <div class="step-block"><strong>${place}</strong><span>${t("podium.points", { points: points(teams[0].points), n: Math.abs(teams[0].points) / 100 })}</span></div></div>`;
}

/** Many names, long ones, and long words in them are written smaller; a name alone on its step has more lines. @param {any[]} named */
function look_of(named) {
  const is_long = named.some(({ name }) => name.length > LONG_NAME || name.split(/\s/).some((/** @type {string} */ word) => word.length > LONG_WORD));
  return `${named.length > MOST_NAMES || is_long ? "is-small" : ""} ${named.length === 1 ? "is-alone" : ""}`;
}

/** @param {Record<string, any>} row */
function where(row) {
  return row.plays === "online" ? t("standing.online") : row.venue ?? t("standing.hall");
}

/** Everybody who stands on no step, page by page. @param {{from: number, of: number, shown: boolean}} props */
function Rest({ from, of, shown }) {
  const pages = Math.max(1, Math.ceil((of - from) / A_PAGE));
  const page = useTurning(TURN_MS, shown && pages > 1) % pages;
  const known = useRows("total", from + (page - (page % PAGES_AT_ONCE)) * A_PAGE, PAGES_AT_ONCE * A_PAGE);
  const at = from + page * A_PAGE - (known?.start ?? 0);
  const rows = at < 0 ? [] : known?.rows.slice(at, at + A_PAGE) ?? [];
  return html`<div class=${`podium-rest ${shown ? "" : "is-coming"}`}><h2>${t("podium.all", { n: of })}</h2>
    <ol key=${at}>${rows.map((row) => html`<li key=${row.team}><i>${row.place}</i><span>${row.name}</span><b>${points(row.points)}</b></li>`)}</ol></div>`;
}
