/** Who comes in: a flood of teams in one line with the one thing to do, and names that are shown only after a look at them. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { lock } from "./actions.js";
import { ask } from "./asking.js";
import { view } from "./evening.js";

/** @typedef {{team: string, name: string}} Waiting */

/** Of the last minute, while there is a flood. @type {import("@preact/signals").Signal<{joined: number, refused: number} | undefined>} */
export const flood = signal(undefined);

export function Flood() {
  if (!flood.value) return null;
  const { joined, refused } = flood.value;
  return html`<article class="item item-warn">
    <h3>${t("flood")}</h3>
    <p>${t("flood.what", { joined: t("teams.n", { n: joined }), n: refused })}</p>
    ${
      !view.value?.locked &&
      html`<div class="item-actions"><button type="button" class="button" onClick=${lock}>${t("action.lock")}</button></div>`
    }
  </article>`;
}

export function NamesToApprove() {
  const { count = 0, rows = [] } = /** @type {{count?: number, rows?: Waiting[]}} */ (view.value?.attention.names ?? {});
  if (!count) return null;
  return html`<article class="item">
    <h3>${t("names", { n: count })}</h3>
    <ul class="lines">
      ${rows.map(
        ({ team, name }) =>
          html`<li key=${team}>
            <b class="one-line">${name}</b>
            <button type="button" class="button button-quiet is-small" onClick=${() => ask("MuteTeam", { team, muted: true })}>
              ${t("team.mute")}
            </button>
          </li>`,
      )}
    </ul>
    <div class="item-actions">
      <button type="button" class="button" onClick=${() => ask("ApproveTeams", { teams: rows.map(({ team }) => team) })}>
        ${t("names.approve", { n: rows.length })}
      </button>
    </div>
  </article>`;
}

/** How many things there are to see to. @param {Record<string, any>} attention */
export function how_many_come({ names }) {
  return Number(Boolean(flood.value)) + Number(Boolean(names?.count));
}
