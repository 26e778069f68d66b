/** A team that came twice: the other one is found by its name, as long as nothing was asked. */
import { useEffect, useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { ask, rows } from "./asking.js";
import { tell } from "./notices.js";
import { about } from "./team_row.js";
import { WhichStays } from "./which_stays.js";

const MOST = 6;
const TYPED_MS = 150;

/** @param {import("./team_card.js").Job} props */
export function Merge({ team, done }) {
  const [first] = team.name.split(" ");
  const [find, search] = useState(first);
  const [found, show] = useState(/** @type {any[] | null} */ (null));
  const [other, choose] = useState(/** @type {any} */ (null));
  useEffect(() => {
    const timer = setTimeout(async () => {
      const page = await rows("teams", { find, count: MOST + 1 });
      const others = page?.rows.filter((/** @type {any} */ row) => row.team !== team.team) ?? [];
      if (!others.length && find === first) search("");
      else show(others.slice(0, MOST));
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [find]);
  const merge = async (/** @type {import("./which_stays.js").One} */ gone, /** @type {import("./which_stays.js").One} */ stays) => {
    if (!(await ask("MergeTeams", { team: gone.id, into: stays.id }))) return;
    tell(t("announced.merged", { team: stays.name }), "right");
    done();
  };
  if (other) return html`<${WhichStays} pair=${[one(other), one(team)]} must=${on_paper(team, other)} merge=${merge} back=${() => choose(null)} />`;
  return html`<label class="label merge-with">${t("merge.with")}<input class="input" data-first type="search" value=${find} autocomplete="off" onInput=${(/** @type {any} */ event) => search(event.target.value)} /></label>
    ${found && !found.length && html`<p class="nothing">${t("merge.none")}</p>`}
    <ul class="lines is-list">
      ${found?.map(
        (row) => html`<li key=${row.team}><button type="button" class="line" onClick=${() => choose(row)}>
          <${Icon} name=${row.plays === "paper" ? "sheet" : "phone"} /><b class="one-line">${row.name}</b><span class="one-line">${about(row)}</span>
        </button></li>`,
      )}
    </ul>`;
}

/** @param {any} row */
const one = (row) => ({ id: row.team, name: row.name, about: about(row) });

/** The numbers of a team on paper may be on sheets already: among two of which one has sheets, that one stays. @param {any} team @param {any} other */
function on_paper(team, other) {
  const having = [team, other].filter((each) => each.sheets.length);
  return having.length === 1 ? having[0].team : undefined;
}
