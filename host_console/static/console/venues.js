/** The venues with their desks, and the screens: what stands elsewhere and belongs to this battle. */
import { useEffect, useState } from "preact/hooks";
import { number, t, time_of_day } from "/browser/words.js";
import { bare, desk_address } from "../parts/addresses.js";
import { Choice, Line } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { Qr } from "../parts/qr.js";
import { ask, rows } from "./asking.js";
import { CarriedMarks } from "./carried.js";
import { view } from "./evening.js";
import { GivenKeys } from "./given_keys.js";
import { offered } from "./invitation.js";
import { tell } from "./notices.js";
import { Sheet, lay } from "./overlay.js";
import { PhoneCodes } from "./phone_codes.js";
import { PrintJobs } from "./print_jobs.js";
import { Template } from "./template.js";
import { VenueAbout, useRepresentative, venue_words } from "./venue_about.js";
import { desks, screen_words, screens } from "./trouble.js";

const ALL = "";

export function VenuesSheet() {
  const venues = Object.entries(view.value?.venues ?? {});
  const [chosen, choose] = useState(venues[0]?.[0]);
  const venue = view.value?.venues[chosen];
  return html`<${Sheet} title=${t("venues.and_screens")}><div class="two-sides">
    <div><ul class="lines is-list"><li key=""><button type="button" class=${`line ${chosen === ALL ? "is-chosen" : ""}`} onClick=${() => choose(ALL)}>
        <b class="one-line">${t("venues.all")}</b><span>${t("print")}</span></button></li>
      ${venues.map(
      ([id, each]) =>
        html`<li key=${id}>
          <button type="button" class=${`line ${id === chosen ? "is-chosen" : ""}`} onClick=${() => choose(id)}>
            <b class="one-line">${each.name}</b><span>${t("teams.n", { n: each.teams })}</span>
          </button>
        </li>`,
    )}</ul>
      <${NewVenue} then=${choose} /><${Screens} venues=${venues} /></div>
    <div>${chosen === ALL && html`<${AllVenues} />`}${venue && html`<${VenueCard} key=${chosen} id=${chosen} venue=${venue} />`}<${GivenKeys} /></div></div></${Sheet}>`;
}

/** @param {{then: (venue: string) => void}} props */
function NewVenue({ then }) {
  const [open, turn] = useState(false);
  const add = async (/** @type {string} */ name) => {
    const told = await ask("AddVenue", { name });
    if (!told) return;
    turn(false);
    then(told.venue);
  };
  if (!open) return html`<button type="button" class="button" onClick=${() => turn(true)}>${t("venue.new")}</button>`;
  return html`<${Line} label=${t("venue.name")} verb=${t("venue.add")} act=${add} />`;
}

function AllVenues() {
  return html`<article class="card">
    <h3>${t("venues.all")}</h3>
    <${PrintJobs} venue=${null} />
  </article>`;
}

/** @param {{id: string, venue: any}} props */
function VenueCard({ id, venue }) {
  const [renaming, rename] = useState(false);
  const [printing, print] = useState(false);
  const [telling, tell_of] = useState(false);
  const representative = useRepresentative(id, telling);
  const battle = view.value?.battle.id;
  const name = async (/** @type {string} */ words) => (await ask("RenameVenue", { venue: id, name: words })) && rename(false);
  return html`<article class="card">
    <h3>${venue.name}</h3>
    <p class="quiet">${t("teams.n", { n: venue.teams })}, ${t("on_paper", { n: venue.paper })}</p>
    ${venue_words(venue) && html`<p class="quiet">${venue_words(venue)}</p>`}
    ${representative && html`<p class="quiet">${t("venue.represented", { name: representative })}</p>`}
    <${DeskLine} venue=${id} />
    <div class="card-jobs">
      <a class="button button-primary" href=${desk_address(battle, id)} target="_blank" rel="noopener">${t("desk.open")}</a>
      <button type="button" class="button" aria-expanded=${printing} onClick=${() => print(!printing)}>${t("print")}</button>
      <button type="button" class="button" aria-expanded=${renaming} onClick=${() => rename(!renaming)}>${t("team.rename")}</button>
      <button type="button" class="button" aria-expanded=${telling} onClick=${() => tell_of(!telling)}>${t("venue.about")}</button>
    </div>
    ${telling && html`<${VenueAbout} id=${id} venue=${venue} name=${representative} done=${() => tell_of(false)} />`}
    ${printing && html`<${PrintJobs} venue=${id} />`} ${renaming && html`<div class="card-job"><${Line} label=${t("venue.name")} start=${venue.name} verb=${t("team.rename")} act=${name} /></div>`}
    <${Entered} venue=${id} />${venue.paper > 0 && html`<${VenueTable} id=${id} name=${venue.name} />`}<${DeskLink} venue=${id} />${venue.paper > 0 && html`<${PhoneCodes} venue=${id} /><${CarriedMarks} venue=${id} />`}
  </article>`;
}

/** Whether its desk is there, and what it owes. @param {{venue: string}} props */
function DeskLine({ venue }) {
  const desk = desks.value.find((each) => each.venue === venue);
  if (!desk || (!desk.connected && desk.silent === undefined)) return null;
  const here = desk.connected ? t("desk.here") : t("desk.silent", { time: time_of_day(desk.silent ?? 0) });
  return html`<p class=${`link ${desk.connected ? "link-ok" : "link-lost"}`}>${here}, ${desk.missing ? t("desk.owes", { n: desk.missing }) : t("desk.synced")}</p>`;
}

/** For a venue that fills in a spreadsheet instead of sitting at its desk. @param {{id: string, name: string}} props */
function VenueTable({ id, name }) {
  return html`<div class="card-job">
    <p>${t("table.venue.why")}</p>
    <div class="print-jobs">
      <${Template} id=${id} name=${name} label=${t("table.template.save")} />
      <button type="button" class="button" onClick=${() => lay("import")}>${t("table.import")}</button>
    </div>
  </div>`;
}

/** How often two people who entered the same cell wrote different marks. @param {{venue: string}} props */
function Entered({ venue }) {
  const [all, show] = useState(/** @type {{venue: string, once: number, twice: number, differed: number}[]} */ ([]));
  useEffect(() => void rows("entry").then((page) => show(page?.rows ?? [])), [venue]);
  const here = all.find((each) => each.venue === venue);
  if (!here?.twice) return null;
  const share = number(Math.round((1000 * here.differed) / here.twice) / 10);
  return html`<p class="card-job">${t("entry.twice", { n: here.twice })}, ${t("entry.differed", { n: here.differed, share })}</p>`;
}

/** A key for the venue's own laptop or phone. It is shown once, and each press makes another. @param {{venue: string}} props */
function DeskLink({ venue }) {
  const [link, show] = useState("");
  const make = async () => {
    const told = await ask("AdmitStaff", { role: "desk", venue });
    if (told) show(`${offered()}/desk#${told.token}`);
  };
  if (!link)
    return html`<div class="card-job">
      <p>${t("desk.link.why")}</p>
      <button type="button" class="button" onClick=${make}>${t("desk.link")}</button>
    </div>`;
  const copy = async () => (await copied(link)) && tell(t("copied"));
  return html`<div class="card-job with-qr">
    <${Qr} text=${link} label=${t("desk.link")} />
    <div>
      <p>${t("desk.link.how")}</p>
      <p class="address">${bare(link)}</p>
      <button type="button" class="button" onClick=${copy}>${t("copy")}</button>
    </div>
  </div>`;
}

/** The clipboard is there on https and on this machine alone. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    tell(t("copy.by_hand"), "warn");
    return false;
  }
}

/** The screens that are here, or were a moment ago. */
function Known() {
  return html`<h3>${t("screens")}</h3>
    <ul class="lines">
      ${screens.value.map(
        (each) =>
          html`<li key=${each.number}>
            <b class="one-line">${screen_words(each)}</b
            ><span class=${`link ${each.connected ? "link-ok" : "link-lost"}`}
              >${each.connected ? t("link.on") : t("screen.silent.since", { time: time_of_day(each.since) })}</span
            >
          </li>`,
      )}
    </ul>`;
}

/** @param {{venues: [string, any][]}} props */
function Screens({ venues }) {
  const [venue, choose] = useState(/** @type {string | null} */ (null));
  const [paired, count] = useState(0);
  const pair = async (/** @type {string} */ code) => {
    if (!(await ask("PairScreen", { code: code.toUpperCase().replace(/\s/g, ""), venue }))) return;
    tell(t("screen.told"), "right");
    count(paired + 1);
  };
  return html`<section class="screens">
    ${screens.value.length > 0 && html`<${Known} />`}
    <h3>${t("screen.new")}</h3>
    <p class="quiet">${t("screen.how", { address: bare(`${offered()}/screen`) })}</p>
    ${venues.length > 1 && html`<${Choice} label=${t("venue")} options=${[[null, t("screen.anywhere")], ...venues.map(([id, each]) => [id, each.name])]} value=${venue} choose=${choose} />`}
    <${Line}
      key=${paired}
      label=${t("screen.code")}
      verb=${t("screen.pair")}
      act=${pair}
      first=${false}
      input=${{ maxlength: 16, class: "input code-input", autocapitalize: "characters", spellcheck: false }}
    />
  </section>`;
}
