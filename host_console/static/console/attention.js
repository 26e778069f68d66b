/** What needs the host, and nothing else; the most pressing first. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Disputes } from "./disputes.js";
import { view } from "./evening.js";
import { Flood, NamesToApprove, how_many_come } from "./flood.js";
import { Judging, Ruled } from "./judging.js";
import { LateSheets, how_many_late } from "./late.js";
import { MissedItems, missed } from "./missed.js";
import { lay } from "./overlay.js";
import { Champion, Missing, Pending, Waiting, is_open, missing_venues, pending_sheets } from "./paper.js";
import { Restored } from "./restored.js";
import { AllWell, Troubles, how_many_troubles, is_cut_off } from "./trouble.js";

const MOST_VENUES = 6;

export function Attention() {
  const shown = view.value;
  if (!shown) return null;
  const count = how_many(shown);
  return html`<aside class="attention" aria-label=${t("attention")}>
    <div class="attention-list">
      <${Judging} />
      ${(count > 0 || !shown.attention.judge.count) && html`<h2><span>${t("attention")}</span><small>${count || ""}</small></h2>`}
      <${Troubles} /><${Flood} /><${Restored} /><${Missing} /><${MissedItems} /><${Disputes} /><${LateSheets} /><${Waiting} /><${Champion} /><${Pending} /><${NamesToApprove} />
      ${count === 0 && !shown.attention.judge.count && html`<p class="nothing">${t("attention.none")}</p>`}
      <${Ruled} />
      ${shown.phase === "lobby" && html`<${Venues} venues=${shown.venues} />`}
    </div>
    <${AllWell} />
  </aside>`;
}

/** @param {Record<string, any>} shown */
function how_many(shown) {
  const { attention } = shown;
  const lists = (missing_venues().length ? 1 : 0) + new Set(pending_sheets().map((each) => each.number)).size;
  const gone = Object.values(missed.value).filter((each) => each.count > 0).length;
  return (
    lists +
    gone +
    attention.disputes.count +
    how_many_late() +
    (attention.waiting.length ? 1 : 0) +
    (is_open(shown) ? 1 : 0) +
    how_many_troubles.value +
    how_many_come(attention) +
    (attention.restored ? 1 : 0) +
    (is_cut_off() ? 1 : 0)
  );
}

/** @param {{venues: Record<string, any>}} props */
function Venues({ venues }) {
  const all = Object.entries(venues);
  const more = all.slice(MOST_VENUES);
  return html`<h2><span>${t("venues")}</span><small>${all.length}</small></h2>
    <ul class="queue item">
      ${all.slice(0, MOST_VENUES).map(([id, venue]) => html`<li key=${id}><b class="one-line">${venue.name}</b><span>${t("teams.n", { n: venue.teams })}</span></li>`)}
      ${
        more.length > 0 &&
        html`<li>
          <button type="button" class="queue-line" onClick=${() => lay("venues")}>
            <b>${t("venues.more", { n: more.length })}</b>
          </button>
        </li>`
      }
    </ul>`;
}
