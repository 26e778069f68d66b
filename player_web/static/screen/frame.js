/** What stands around every page of the stage: the strip on top, and the word that the server is gone. */
import { html } from "/browser/parts/html.js";
import { Mark } from "/browser/parts/drawings.js";
import { Rivets } from "/browser/parts/rulers.js";
import { local, t, time_of_day } from "/browser/words.js";
import { lost_since, now_ms, room, session } from "./hall.js";

/** @param {{strong: string, words?: string, children?: any}} props children: the cells to the right */
export function Strip({ strong, words, children }) {
  return html`<header class="strip">
    <div class="grow"><${Mark} /><span class="name"><b>${strong}</b> ${words}</span></div>
    ${children}
  </header>`;
}

/** The strip of a round: which one, which question, and the code for those who come late. @param {{done?: boolean}} props done: this question is over */
export function RoundStrip({ done = false }) {
  const { round, question, battle } = room();
  const number = question?.number ?? 0;
  return html`<${Strip} strong=${t("strip.round", { n: round.number })} words=${local(round.title)}>
    ${number > 0 && html`<div>${t("strip.question")} <b>${number}</b> ${t("strip.of", { n: round.questions })}
      ${!lost_since.value && html`<${Rivets} of=${round.questions} done=${done ? number : number - 1} now=${done ? 0 : number} />`}</div>`}
    ${lost_since.value ? html`<${Stale} />` : html`<div>${t("strip.code")} <b>${pin_words(battle.pin)}</b></div>`}
  <//>`;
}

/** In two groups, as it is read aloud. @param {string} pin */
export const pin_words = (pin) => `${pin.slice(0, 3)}\u00a0${pin.slice(3)}`;

/** The standing is another one than at the end: whoever saw that one sees it here. */
export function Amended() {
  const { amended } = room();
  return amended ? html`<div class="amended"><span>${t("standing.amended", { time: time_of_day(amended.at) })}</span></div>` : null;
}

/** A standing that is written down says when it was so. */
export function AsOf() {
  return html`<div>${time_of_day(session.link_state.value.state === "on" ? now_ms.value : lost_since.value, true)}</div>`;
}

/** The last picture stays; this says since when. */
export function Stale() {
  return lost_since.value ? html`<div class="stale"><span>${t("stale", { time: time_of_day(lost_since.value, true) })}</span></div>` : null;
}
