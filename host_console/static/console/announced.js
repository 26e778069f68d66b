/** Teams that announced themselves: read, approved, refused, moved, and two that are one made one. */
import { useEffect, useState } from "preact/hooks";
import { because, t, time_of_day } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { bare } from "../parts/addresses.js";
import { Choice } from "../parts/controls.js";
import { AnnouncedFile } from "./announced_file.js";
import { ask, rows } from "./asking.js";
import { view } from "./evening.js";
import { figures } from "./figures.js";
import { offered } from "./invitation.js";
import { tell } from "./notices.js";
import { Sheet } from "./overlay.js";
import { WhichStays } from "./which_stays.js";

/**
 * @typedef {{id: string, name: string, by: "name" | "captain", is: string, captain?: string, people: number, venue?: string}} Double
 * @typedef {import("./which_stays.js").One} One
 * @typedef {{announced: string, name: string, captain: string, people: number, contact: string, is: string, at: number, venue?: string, doubles: Double[]}} Row
 */

const LOOK_MS = 2_000; // what another console did is seen here soon
const AT_ONCE = 100;
const FILTERS = ["waiting", "doubles", "approved", "refused", ""];

export function AnnouncedSheet() {
  const [only, filter] = useState("waiting");
  const [find, search] = useState("");
  const [page, show] = useState(/** @type {{rows: Row[], of: number}} */ ({ rows: [], of: 0 }));
  const [chosen, choose] = useState("");
  const look = async () => {
    const found = await rows("announced", { only, find, count: AT_ONCE });
    if (found) show(/** @type {any} */ (found));
  };
  useEffect(() => {
    void look();
    const timer = setInterval(() => document.visibilityState === "visible" && look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [only, find]);
  const row = page.rows.find((each) => each.announced === chosen) ?? page.rows[0];
  const waiting = page.rows.filter((each) => each.is === "waiting" && !each.doubles.length);
  return html`<${Sheet} title=${t("announced")}>
    <${Registration} />
    <div class="two-sides">
      <div>
        <${Choice} label=${t("announced.which")} options=${FILTERS.map((each) => [each, t(`announced.only.${each || "all"}`)])} value=${only} choose=${filter} />
        <input class="input" data-first type="search" placeholder=${t("announced.find")} aria-label=${t("announced.find")} value=${find} onInput=${(/** @type {any} */ event) => search(event.target.value)} />
        ${page.rows.length ? html`<ul class="lines is-list">${page.rows.map((each) => html`<${Line} key=${each.announced} row=${each} chosen=${each === row} choose=${choose} />`)}</ul>` : html`<p class="nothing">${t("announced.none")}</p>`}
        ${waiting.length > 1 && html`<button type="button" class="button" onClick=${() => approve(waiting.map((each) => each.announced)).then(look)}>${t("announced.all", { n: waiting.length })}</button>`}
      </div>
      <div>${row && html`<${Card} key=${row.announced} row=${row} look=${look} />`}<${AnnouncedFile} look=${look} /></div>
    </div></${Sheet}>`;
}

/** Whether teams may announce themselves, where, and what the evening's news would say. */
function Registration() {
  const { registration, counts, battle } = /** @type {Record<string, any>} */ (view.value);
  const address = `${offered()}/announce/${battle.pin}`;
  return html`<div class="registration">
    <p><b>${figures(counts)}</b><span class="address">${registration ? bare(address) : t("registration.shut")}</span></p>
    <button type="button" class=${`button ${registration ? "" : "button-primary"}`} onClick=${() => ask("OpenRegistration", { opened: !registration })}>${t(registration ? "registration.close" : "registration.open")}</button>
  </div>`;
}

/** @param {{row: Row, chosen: boolean, choose: (id: string) => void}} props */
function Line({ row, chosen, choose }) {
  return html`<li>
    <button type="button" class=${`line ${chosen ? "is-chosen" : ""}`} onClick=${() => choose(row.announced)}>
      <${Icon} name=${row.doubles.length ? "alert" : row.venue ? "sheet" : "phone"} /><b class="one-line">${row.name}</b><span class="one-line">${place(row)}</span>
    </button>
  </li>`;
}

/** @param {{venue?: string}} row */
const place = ({ venue }) => (venue ? view.value?.venues[venue]?.name : t("online"));

/** @param {{row: Row, look: () => Promise<void>}} props */
function Card({ row, look }) {
  const [moving, move] = useState(false);
  const [twin, compare] = useState("");
  const other = row.doubles.find((each) => each.id === twin);
  const then = (/** @type {Promise<unknown>} */ done) => void done.then(look);
  const places = [[null, t("online")], ...Object.entries(view.value?.venues ?? {}).map(([id, each]) => [id, each.name])];
  const decides = row.is === "waiting" || row.is === "refused";
  return html`<article class="card announced-card">
    <h3>${row.name}</h3>
    <p class="quiet">${t(`announced.is.${row.is}`)}, ${time_of_day(row.at)}</p>
    <dl><dt>${t("announced.captain")}</dt><dd>${row.captain}</dd><dt>${t("announced.people")}</dt><dd>${row.people}</dd><dt>${t("where")}</dt><dd>${place(row)}</dd>
      ${row.contact && html`<dt>${t("announced.contact")}</dt><dd>${row.contact}</dd>`}</dl>
    ${!other && row.doubles.map((each) => html`<p key=${each.id} class="announced-double"><span>${t(`announced.double.${each.by}`, { team: each.name })}<small>${about(each)}</small></span>
      ${(decides || row.is === "approved") && html`<button type="button" class="button" onClick=${() => (move(false), compare(each.id))}>${t("announced.merge")}</button>`}</p>`)}
    ${other && html`<div class="card-job"><${WhichStays} key=${other.id} pair=${pair(row, other)} must=${approved(row, other)} merge=${(/** @type {One} */ gone, /** @type {One} */ stays) => then(merge(row, other, gone, stays))} back=${() => compare("")} /></div>`}
    ${!other && html`<div class="card-jobs">
      ${decides && html`<button type="button" class="button button-primary" onClick=${() => then(approve([row.announced]))}>${t("announced.approve")}</button>`}
      ${row.is === "waiting" && html`<button type="button" class="button" onClick=${() => then(ask("RefuseAnnounced", { announced: [row.announced] }))}>${t("announced.refuse")}</button>`}
      ${(decides || row.is === "approved") && html`<button type="button" class="button" aria-expanded=${moving} onClick=${() => move(!moving)}>${t("team.move")}</button>`}
    </div>`}
    ${moving && html`<div class="card-job"><${Choice} label=${t("team.move.to")} options=${places} value=${row.venue ?? null} choose=${(/** @type {string | null} */ venue) => then(ask("MoveAnnounced", { announced: row.announced, venue }))} /></div>`}
  </article>`;
}

/** Each that was not taken says why. @param {string[]} ids */
async function approve(ids) {
  const told = await ask("ApproveAnnounced", { announced: ids });
  if (!told) return;
  const [first] = told.refused;
  if (first) tell(because(first), "warn");
  else tell(t("announced.told", { n: told.approved }), "right");
}

/** @param {Row} row @param {Double} other @returns {[One, One]} */
const pair = (row, other) => [{ id: row.announced, name: row.name, about: about(row) }, { id: other.id, name: other.name, about: about(other) }];

/** What is a team already is not merged into what is none. @param {Row} row @param {Double} other */
function approved(row, other) {
  if ((row.is === "approved") === (other.is === "approved")) return undefined;
  return row.is === "approved" ? row.announced : other.id;
}

/** @param {Row} row @param {Double} other @param {One} gone @param {One} stays */
async function merge(row, other, gone, stays) {
  const both = row.is === "approved" && other.is === "approved";
  const done = both ? await ask("MergeTeams", { team: gone.id, into: stays.id }) : await ask("MergeAnnounced", { announced: gone.id, into: stays.id });
  if (done) tell(t("announced.merged", { team: stays.name }), "right");
}

/** @param {{captain?: string, venue?: string, people: number}} one */
function about({ captain, venue, people }) {
  return [captain, place({ venue }), people && t("people.n", { n: people })].filter(Boolean).join(", ");
}
