/** Nothing to do just now, and why: a round begins, a break, a pause, the line is being opened, or it has ended for good. */
import { html } from "/browser/parts/html.js";
import { Icon, Wordmark } from "/browser/parts/drawings.js";
import { minutes } from "/browser/parts/dial.js";
import { Art } from "/browser/parts/pictures.js";
import { local, t, time_of_day } from "/browser/words.js";
import { MyPlace } from "./place.js";
import { Status } from "./status.js";
import { begin_again, now_ms, own, room, session } from "./team.js";
import { Top } from "./top.js";

/** A round begins: the pack's field, its name, what is played. */
export function Intro() {
  const { round, battle } = room();
  const rules = [t("intro.questions", { n: round.questions }), t(`intro.${round.reveal}`), t(`intro.counts.${round.counts}`)];
  return html`<main class="phone is-intro">
    <${Top} />
    <div class="art-field is-low"><${Art} art=${battle.theme.art} /></div>
    <div class="phone-field is-second">
      <p>${t("intro.round", { n: round.number, of: battle.rounds })}</p>
      <h1>${local(round.title)}</h1>
    </div>
    <div class="phone-body"><p>${local(round.intro)}</p><span class="spacer" /><ul class="rules">${rules.map((rule) => html`<li key=${rule}>${rule}</li>`)}</ul></div>
    <${Status} line=${{ tone: "", text: t("intro.wait") }} />
  </main>`;
}

/** The host has stopped the clock. */
export function Paused() {
  return html`<main class="phone is-waiting"><${Top} />
    <div class="phone-body is-middle"><span class="big-sign"><${Icon} name="pause" /></span><h1>${t("paused")}</h1><p>${t("paused.what")}</p></div>
    <${Status} line=${{ tone: "", text: t("paused.next") }} /></main>`;
}

/** A break, with what is left of it and the team's place. */
export function Break() {
  const { until } = room().stage;
  const left = (until - now_ms.value) / 1000;
  return html`<main class="phone is-break"><${Top} />
    <div class="phone-field"><p>${t("break")}</p><h1 class="break-left" role="timer">${minutes(left)}</h1><p>${t("break.until", { time: time_of_day(until) })}</p></div>
    <div class="art-field"><${Art} art=${room().battle.theme.art} /></div>
    ${own().place && html`<div class="phone-body is-foot"><${MyPlace} place=${own().place} /></div>`}
    <${Status} line=${{ tone: "", text: t(left > 0 ? "result.next" : "break.over") }} /></main>`;
}

/** The first seconds, or the time until a lost server is back. */
export function Connecting() {
  const is_off = session.link_state.value.state === "off";
  return html`<main class="phone is-waiting is-connecting"><div class="phone-body is-middle"><${Wordmark} label=${t("product")} />
    <p role="status">${t(is_off ? "connecting.off" : "connecting")}</p></div></main>`;
}

/** It does not come back by itself: what is true, and the one thing to do. */
export function Ended() {
  const { reason } = session.link_state.value;
  const ends = { replaced: () => session.open(), unknown_token: begin_again, no_such_battle: begin_again };
  const known = reason in ends;
  const act = ends[/** @type {keyof typeof ends} */ (reason)] ?? (() => location.reload());
  return html`<main class="phone is-waiting"><div class="phone-body is-middle">
    <h1>${t(known ? `ended.${reason}` : "ended")}</h1><p>${t(known ? `ended.${reason}.what` : "ended.what")}</p></div>
    <div class="phone-body is-foot"><button class="button button-primary" type="button" onClick=${act}>${t(known ? `ended.${reason}.act` : "ended.act")}</button></div></main>`;
}
