/** All teams, found by typing; beside the list the one that is looked at, with all that can be done for it. */
import { useEffect, useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { rows } from "./asking.js";
import { view } from "./evening.js";
import { Sheet, lay } from "./overlay.js";
import { TeamCard } from "./team_card.js";
import { about, changed } from "./team_row.js";

const PAGE = 50;
const TYPED_MS = 150;

/** @param {{at?: {find?: string, job?: string}}} props what to look for at once, and what to open on the team's card */
export function TeamsSheet({ at = {} }) {
  const [find, search] = useState(at.find ?? "");
  const [start, turn] = useState(0);
  const [page, show] = useState(/** @type {any} */ ({ rows: [], of: 0 }));
  const [chosen, choose] = useState("");
  const teams = view.value?.counts.teams;
  useEffect(() => {
    const timer = setTimeout(async () => {
      const found = await rows("teams", { find, start, count: PAGE });
      if (found) show(found);
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [find, start, teams, changed.value]);
  const team = page.rows.find((/** @type {any} */ row) => row.team === chosen) ?? (page.of === 1 ? page.rows[0] : undefined);
  return html`<${Sheet} title=${t("teams")}><div class="two-sides">
    <div><input class="input" data-first type="search" placeholder=${t("teams.find")} value=${find} aria-label=${t("teams.find")}
        onInput=${(/** @type {any} */ event) => (turn(0), search(event.target.value))} />
      <${Rows} page=${page} chosen=${team?.team} choose=${choose} />
      <${Pages} start=${start} of=${page.of} turn=${turn} /></div>
    <div>${team ? html`<${TeamCard} key=${team.team} team=${team} job=${at.job} />` : html`<${Nobody} of=${teams ?? 0} />`}</div>
  </div></${Sheet}>`;
}

/** @param {{page: any, chosen: string | undefined, choose: (team: string) => void}} props */
function Rows({ page, chosen, choose }) {
  if (!page.rows.length) return html`<p class="nothing">${t("teams.none")}</p>`;
  return html`<ul class="lines is-list">
    ${page.rows.map(
      (/** @type {any} */ row) =>
        html`<li key=${row.team}>
          <button type="button" class=${`line ${row.team === chosen ? "is-chosen" : ""}`} onClick=${() => choose(row.team)}>
            <${Icon} name=${row.plays === "paper" ? "sheet" : "phone"} /><b class="one-line">${row.name}</b
            ><span class="one-line">${about(row)}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}

/** @param {{start: number, of: number, turn: (start: number) => void}} props */
function Pages({ start, of, turn }) {
  if (of <= PAGE) return null;
  return html`<p class="pages">
    <button type="button" class="button" disabled=${start === 0} onClick=${() => turn(start - PAGE)}>←</button>
    <span>${t("rows", { from: start + 1, to: Math.min(start + PAGE, of), of })}</span>
    <button type="button" class="button" disabled=${start + PAGE >= of} onClick=${() => turn(start + PAGE)}>→</button>
  </p>`;
}

/** @param {{of: number}} props */
function Nobody({ of }) {
  return html`<div class="nobody">
    <p>${t(of ? "teams.choose" : "teams.empty")}</p>
    <button type="button" class="button" onClick=${() => lay("new_team")}>${t("action.new_team")} <kbd class="key">C</kbd></button>
  </div>`;
}
