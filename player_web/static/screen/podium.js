/** Three, two, one; then everybody's place, page by page beside the steps. */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { local, points, t } from "/browser/words.js";
import { Stale } from "./frame.js";
import { room } from "./hall.js";
import { useRows, useTurning } from "./rows.js";

const STEPS = [3, 2, 1];
const STEP_MS = 3_000;
const AT_ONCE = 100;
const A_PAGE = 13;
const PAGES_AT_ONCE = 7;
const TURN_MS = 6_000;
const MOST_NAMES = 2; // of teams that share a step

/** @param {{live?: boolean}} props live: it has only just come, so the places are told one after another */
export function Podium({ live = false }) {
  const best = useRows("total", 0, AT_ONCE);
  const shown = useSteps(live && room().phase === "final", best !== null);
  const { battle } = room();
  const rows = best?.rows ?? [];
  return html`<main class="stage podium">
    <div class="podium-steps"><header><h1>${t("podium")}</h1><p>${local(battle.title)}</p></header>
      ${[2, 1, 3].map((place) => html`<${Step} key=${place} place=${place} rows=${rows} shown=${shown >= 4 - place} />`)}</div>
    ${best && html`<${Rest} from=${rows.filter((row) => row.place <= STEPS.length).length} of=${best.of} shown=${shown > STEPS.length} />`}
    <div class="corner-note"><${Stale} /></div>
  </main>`;
}

/** How many steps have been told; one more than there are: all the rest too. @param {boolean} one_by_one @param {boolean} ready */
function useSteps(one_by_one, ready) {
  const [told, tell] = useState(one_by_one ? 0 : STEPS.length + 1);
  useEffect(() => {
    if (!ready || told > STEPS.length) return undefined;
    const timer = setTimeout(() => tell(told + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [ready, told]);
  return told;
}

/** @param {{place: number, rows: any[], shown: boolean}} props */
function Step({ place, rows, shown }) {
  const here = rows.filter((row) => row.place === place);
  if (here.length === 0) return html`<div class=${`step step-${place}`} />`;
  return html`<div class=${`step step-${place} ${shown ? "" : "is-coming"}`}>
    <div class="step-name">${here.slice(0, MOST_NAMES).map((row) => html`<p key=${row.team}>${row.name}</p>`)}
      <small>${here.length > MOST_NAMES ? t("podium.more", { n: here.length - MOST_NAMES }) : here.length === 1 ? where(here[0]) : ""}</small></div>
    <div class="step-block"><strong>${place}</strong><span>${t("podium.points", { points: points(here[0].points), n: Math.abs(here[0].points) / 100 })}</span></div></div>`;
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
