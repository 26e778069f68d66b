/** Paper on its way: who has not collected, whose sheets are not in, whose marks wait for the host's word. */
import { signal } from "@preact/signals";
import { number, t, time_of_day } from "/browser/words.js";
import { desk_address } from "../parts/addresses.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { ActionButton } from "./action_row.js";
import { ACTIONS } from "./actions.js";
import { ask, say } from "./asking.js";
import { view } from "./evening.js";
import { tell } from "./notices.js";
import { silent_since } from "./trouble.js";

const MOST_VENUES = 5;
const go_on = /** @type {import("./actions.js").Action} */ (ACTIONS.find((each) => each.name === "go_on"));

/** Venues whose *collected* this console has just confirmed. */
const confirming = signal("");

/** @returns {[string, any][]} */
const venues = () => Object.entries(view.value?.venues ?? {});

/** Venues that still have to say *collected*. */
export function missing_venues() {
  return view.value?.primary.waits === "collecting" ? venues().filter(([, venue]) => venue.missing) : [];
}

/** Sheets that are not in, by venue and round. @returns {{round: string, number: number, venue: string, count: number}[]} */
export const pending_sheets = () => view.value?.attention.sheets ?? [];

export function Missing() {
  const missing = missing_venues();
  if (!missing.length) return null;
  return html`<article class="item item-warn">
    <h3>${t("missing", { n: missing.length })}</h3>
    <ul class="queue">
      ${missing.slice(0, MOST_VENUES).map(
        ([id, venue]) =>
          html`<li key=${id}>
            <b class="one-line">${venue.name}<${Silent} venue=${id} /></b><${Sheets} n=${venue.paper} />
            <button type="button" class="button" disabled=${confirming.value === id} onClick=${() => collected(id, venue)}>
              ${t("collected.short")}
            </button>
          </li>`,
      )}
    </ul>
    ${missing.length > MOST_VENUES && html`<p>${t("venues.more", { n: missing.length - MOST_VENUES })}</p>`}
    <div class="item-actions"><${ActionButton} action=${go_on} /></div>
  </article>`;
}

/** In a pub the host is the scorekeeper. @param {string} id @param {any} venue */
async function collected(id, venue) {
  confirming.value = id;
  if (await say({ t: "collected", scope: venue.scope, venue: id })) tell(t("collected.told", { venue: venue.name }));
  confirming.value = "";
}

export function Pending() {
  const { venues: all, battle } = /** @type {Record<string, any>} */ (view.value);
  const rounds = [...new Set(pending_sheets().map((each) => each.number))];
  return rounds.map((number) => {
    const rows = pending_sheets().filter((each) => each.number === number);
    const count = rows.reduce((sum, each) => sum + each.count, 0);
    return html`<article key=${number} class="item item-warn">
      <h3>${t("pending", { n: count })}<small>${t("round.n", { n: number })}</small></h3>
      <ul class="queue">
        ${rows.slice(0, MOST_VENUES).map(
          (each) =>
            html`<li key=${each.venue}>
              <b class="one-line">${all[each.venue]?.name}<${Silent} venue=${each.venue} /></b><${Sheets} n=${each.count} />
              <a class="button" href=${desk_address(battle.id, each.venue, { round: each.round })} target="_blank" rel="noopener"
                >${t("desk")}</a
              >
            </li>`,
        )}
      </ul>
      ${rows.length > MOST_VENUES && html`<p>${t("venues.more", { n: rows.length - MOST_VENUES })}</p>`}
    </article>`;
  });
}

/** A desk that was here and does not come back. @param {{venue: string}} props */
function Silent({ venue }) {
  const since = silent_since(venue);
  return since === undefined ? null : html` <small class="link link-lost">${t("desk.silent", { time: time_of_day(since) })}</small>`;
}

/** The last round is over, and a sheet that is missing may still make somebody else the first. The host may go on all the same. */
export function Champion() {
  const shown = /** @type {Record<string, any>} */ (view.value);
  return is_open(shown) && html`<article class="item item-warn"><h3>${t("champion.open")}</h3><p>${t("champion.open.what")}</p></article>`;
}

/** @param {Record<string, any>} shown */
export function is_open({ champion, phase, run_sheet }) {
  return champion === "open" && (phase !== "round_end" || run_sheet.at(-1).now);
}

/** How many sheets, small enough for a long name beside it. @param {{n: number}} props */
function Sheets({ n }) {
  return html`<span class="count" title=${t("sheets.n", { n })}><${Icon} name="sheet" />${number(n)}</span>`;
}

/** Marks of venues that had not collected before the reveal. */
export function Waiting() {
  const { attention, venues: all } = /** @type {Record<string, any>} */ (view.value);
  if (!attention.waiting.length) return null;
  return html`<article class="item item-warn">
    <h3>${t("waiting")}<small>${attention.waiting.length}</small></h3>
    <p>${t("waiting.why")}</p>
    <ul class="queue">
      ${attention.waiting.map(
        (/** @type {{venue: string, scope: string}} */ each) =>
          html`<li key=${each.venue + each.scope}>
            <b class="one-line">${all[each.venue]?.name}</b>
            <button type="button" class="button" onClick=${() => let_in(each, all[each.venue]?.name)}>
              ${t("waiting.accept")}
            </button>
          </li>`,
      )}
    </ul>
  </article>`;
}

/** @param {{venue: string, scope: string}} marks @param {string} venue */
async function let_in(marks, venue) {
  if (await ask("AcceptMarks", marks)) tell(t("waiting.told", { venue }), "right");
}
