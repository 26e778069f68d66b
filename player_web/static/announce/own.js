/** Behind the private link: what was announced, what has become of it, what happens next. */
import { useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { because, bound, t } from "/browser/words.js";
import { busy, correcting, known, own, refused } from "./announcement.js";
import { People, about } from "./form.js";

/** @type {Record<string, {icon: string, look: string}>} */
const LOOKS = { waiting: { icon: "clock", look: "" }, approved: { icon: "check", look: "badge-right" }, refused: { icon: "cross", look: "badge-wrong" }, withdrawn: { icon: "undo", look: "" } };

export function Own() {
  const { said, is, team, pin, venues } = /** @type {Record<string, any>} */ (known.value);
  const fate = team ? "approved" : is === "merged" ? "waiting" : is;
  const { icon, look } = LOOKS[fate];
  const venue = venues.find((/** @type {any} */ each) => each.id === said.venue);
  return html`<p class=${`badge ${look}`}><${Icon} name=${icon} />${t(`announced.${fate}`)}</p>
    <h2 class="lobby-in">${bound(team?.name ?? said.name)}</h2>
    ${team?.code && html`<${Code} pin=${pin} code=${team.code} />`}
    ${team?.plays === "paper" && html`<${Hall} venue=${team.venue} />`}
    ${!team && html`<dl class="announced-said">
      <${Line} name=${t("announce.captain")} value=${said.captain} /><${Line} name=${t("announced.people")} value=${said.people} />
      <${Line} name=${t("announce.where")} value=${venue ? venue.name : t("announce.online")} />
      ${said.contact && html`<${Line} name=${t("announced.contact")} value=${said.contact} />`}
    </dl>`}
    <p class="wait-line"><b>${t("announced.next")}</b> ${t(team ? `announced.approved.next.${team.plays}` : `announced.${fate}.next`)}</p>
    ${team && html`<${Count} people=${team.people || said.people} />`}
    ${(team || fate === "waiting") && html`<p class="hint">${t(team ? "announced.link.team" : "announced.link")}</p>`}
    ${fate === "waiting" && is === "waiting" && html`<${Change} />`}`;
}

/** @param {{name: string, value: any}} props */
function Line({ name, value }) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** How the team's phones get in. @param {{pin: string, code: string}} props */
function Code({ pin, code }) {
  return html`<div class="mate">
      <img class="qr" src=${`/qr/${pin}.svg?code=${code}`} alt=${t("lobby.qr")} width="100" height="100" />
      <div><p>${t("announced.code")}</p><b>${code}</b><p>${t("lobby.shared")}</p></div>
    </div>
    <a class="button button-primary" href=${`/j/${pin}#${code}`}>${t("announced.enter")}</a>`;
}

/** @param {{venue: any}} props */
function Hall({ venue }) {
  return html`<div class="mate"><${Icon} name="sheet" /><div><p>${t("announced.hall")}</p><b class="announced-hall">${bound(venue.name)}</b><p>${about(venue)}</p></div></div>`;
}

/** How many will come: that changes until the last moment. @param {{people: number}} props */
function Count({ people }) {
  const [now, count] = useState(people);
  const [saved, save] = useState(false);
  const set = (/** @type {number} */ value) => (save(false), count(value));
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!busy.value) save(await own({ do: "count", people: now }));
  };
  return html`<form class="announce-form" noValidate onSubmit=${send}>
    <${People} value=${now} set=${set} />
    ${refused.value && refused.value.code !== "bad_people" && html`<p class="error" role="alert"><${Icon} name="alert" /><span>${because(refused.value)}</span></p>`}
    ${now !== people && html`<button class="button" aria-busy=${busy.value}>${t("announced.count")}</button>`}
    ${saved && now === people && html`<p class="hint" role="status">${t("announced.counted")}</p>`}
  </form>`;
}

/** Correct, or withdraw, which asks twice. */
function Change() {
  const [sure, ask] = useState(false);
  const withdraw = () => (sure ? own({ do: "withdraw" }) : ask(true));
  return html`${refused.value && html`<p class="error" role="alert"><${Icon} name="alert" /><span>${because(refused.value)}</span></p>`}
    <button class="button" type="button" onClick=${() => (correcting.value = true)}>${t("announced.correct")}</button>
    <button class=${`button ${sure ? "is-sure" : "button-quiet"}`} type="button" aria-busy=${busy.value} onClick=${withdraw}>${t(sure ? "announced.withdraw.sure" : "announced.withdraw")}</button>`;
}
