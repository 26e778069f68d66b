/** While people gather and rest, on the pack's field: a round begins, it has ended, a pause, a break. */
import { html } from "/browser/parts/html.js";
import { minutes } from "/browser/parts/dial.js";
import { Icon } from "/browser/parts/drawings.js";
import { Art } from "/browser/parts/pictures.js";
import { Rivets } from "/browser/parts/rulers.js";
import { local, t, time_of_day } from "/browser/words.js";
import { Sheets } from "./closed.js";
import { useFit } from "./fit.js";
import { pin_words, Stale } from "./frame.js";
import { now_ms, room } from "./hall.js";

/** @param {{children: any}} props */
function Field({ children }) {
  const { battle } = room();
  const page = useFit([room().phase, room().stage.show, battle.language]);
  return html`<main class="stage resting"><div class="resting-words" ref=${page}>${children}</div>
    <div class="resting-art"><${Art} art=${battle.theme.art} /></div><div class="corner-note"><${Stale} /></div></main>`;
}

/** A round begins. */
export function Intro() {
  const { round, battle } = room();
  return html`<${Field}><p class="resting-over">${t("intro.round", { n: round.number, of: battle.rounds })}</p>
    <h1>${local(round.title)}</h1><p class="resting-text">${local(round.intro)}</p>
    <div class="resting-foot"><${Rivets} of=${round.questions} done=${0} /><p>${t("intro.questions", { n: round.questions })}. ${t(`intro.${round.reveal}`)}</p></div><//>`;
}

/** A round has ended; the first letters of the ledger's head stand here, so that nobody can change it afterwards unseen. */
export function RoundEnd() {
  const { round, head } = room();
  return html`<${Field}><p class="resting-over">${local(round.title)}</p><h1>${t("round_end", { n: round.number })}</h1>
    <${Sheets} />
    ${head && html`<div class="resting-foot head"><p>${t("round_end.head")}</p><b>${head.toUpperCase()}</b><p>${t("round_end.what")}</p></div>`}<//>`;
}

/** The host has stopped the clock. */
export function Paused() {
  return html`<${Field}><span class="resting-sign"><${Icon} name="pause" /></span><h1>${t("paused")}</h1><p class="resting-text">${t("paused.next")}</p>
    <p class="resting-foot">${t("strip.code")} <b>${pin_words(room().battle.pin)}</b></p><//>`;
}

/** A break: what is left of it, when we go on, what comes. */
export function Break() {
  const { stage, round, battle } = room();
  const left = (stage.until - now_ms.value) / 1000;
  const next = (round?.number ?? 0) + 1;
  return html`<main class="stage break"><div class="stage-inner">
    <h1>${t("break")}</h1>
    <div class="break-top"><p class="break-clock" role="timer">${minutes(left)}</p>
      <p class="break-until">${left > 0 ? html`${t("break.continue")}<b>${time_of_day(stage.until)}</b>` : t("break.goes_on")}</p></div>
    <${Route} until=${stage.until} left=${left} art=${battle.theme.art} />
    <div class="break-next"><p><b>${next > battle.rounds ? t("break.final") : t("break.next", { n: next, of: battle.rounds })}</b></p><${Sheets} /></div>
  </div><div class="corner-note"><${Stale} /></div></main>`;
}

/** How much of the break is gone, as a way: solid behind, dashed ahead. @param {{until: number, left: number, art?: string}} props */
function Route({ until, left, art }) {
  const whole = Math.max(1, length_of(until, left));
  return html`<div class="route" style=${{ "--gone": Math.min(1, Math.max(0, 1 - left / whole)) }} aria-hidden="true"><i class="route-gone" /><${Art} art=${art} /><i class="route-left" /></div>`;
}

/** A break's whole length as this screen has seen it, kept over a reload. @param {number} until @param {number} left */
function length_of(until, left) {
  const store = `quiz.break.${until}`;
  const seen = Number(sessionStorage.getItem(store) ?? 0);
  if (seen >= left) return seen;
  sessionStorage.setItem(store, String(left));
  return left;
}
