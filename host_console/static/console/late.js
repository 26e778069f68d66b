/** Sheets that came after their gate: each waits for the host's word, and what the word would change stands beside it. */
import { computed, effect, signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { number, points, t, time_of_day, unbound } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Change } from "../parts/history.js";
import { person_words } from "../parts/people.js";
import { ask, rows } from "./asking.js";
import { place_of, session, view } from "./evening.js";
import { tell } from "./notices.js";
import { Sheet, lay, lift } from "./overlay.js";

const MOST = 3;
const USUAL = ["courier", "network", "agreed"];

/** @typedef {{place: number, points: number, pending: boolean}} Place */
/** @typedef {{name: string, called: string, number: number, value: string, before: string[], at: number, question: string, why?: string}} LateCell */
/** @typedef {{venue: string, team: string, name: string, round: string, number: number, count: number, operations: string[], over: string[], cells: LateCell[], now: Place, then: Place, others: number}} LateSheet */

/** The first of them with what they would change; asked anew whenever the list is another one, or a round has ended. @type {import("@preact/signals").Signal<LateSheet[]>} */
const sheets = signal([]);
const wanted = computed(() => JSON.stringify([view.value?.attention.late, view.value?.amended, view.value?.run_sheet.filter((/** @type {any} */ row) => row.ended).length, session.welcome.value?.battle]));

/** How many sheets wait. */
export const how_many_late = () => view.value?.attention.late.count ?? 0;

export function watch_late() {
  effect(() => {
    wanted.value;
    look();
  });
}

async function look() {
  const asked = wanted.peek();
  const page = how_many_late() ? await rows("late", { count: MOST }) : null;
  if (asked === wanted.peek()) sheets.value = page?.rows ?? [];
}

export function LateSheets() {
  const count = how_many_late();
  return html`${sheets.value.map(
    (each) =>
      html`<article key=${each.team + each.round} class="item item-warn">
        <h3>${t("late")}<small>${t("round.n", { n: each.number })}</small></h3>
        <p>${t("quoted", { said: each.name })}, ${view.value?.venues[each.venue]?.name}</p>
        <p class="effect"><${Effect} sheet=${each} /></p>
        <div class="item-actions">
          <button type="button" class="button" onClick=${() => lay("late", each)}>${t("late.look", { n: each.count })}</button>
        </div>
      </article>`,
  )}
  ${count > MOST && html`<p class="more">${t("late.more", { n: count - MOST })}</p>`}
  <${Amended} />`;
}

/** What letting it in would change. @param {{sheet: LateSheet}} props */
function Effect({ sheet: { now, then, others } }) {
  const gained = then.points - now.points;
  if (!gained && now.place === then.place && !others) return t("late.nothing");
  return html`<b>${gained > 0 ? "+" : ""}${points(gained)}</b> ${now.place === then.place ? t("late.place", { place: number(now.place) }) : t("late.places", { now: number(now.place), then: number(then.place) })}${others > 0 && `, ${t("late.others", { n: others })}`}`;
}

/** Everything in it, and the two words that may be said of it; each with its reason. @param {{late: LateSheet}} props */
export function LateSheetCard({ late }) {
  const [reason, write] = useState("");
  const judge = async (/** @type {boolean} */ accepted) => {
    const { operations, over } = late;
    if (!(await ask("JudgeLate", { operations, over, accepted, reason: reason.trim() }))) return;
    tell(t(accepted ? "late.told" : "late.told.not", { team: late.name }), accepted ? "right" : "plain");
    lift();
  };
  return html`<${Sheet} title=${t("late.of", { team: late.name })}>
    <div class="two-sides">
      <ul class="lines is-list is-tall late-cells">${late.cells.map((each) => html`<${Cell} key=${each.name} cell=${each} late=${late} />`)}</ul>
      <div>
        <dl class="before-after">
          <div><dt>${t("late.points")}</dt><dd>${points(late.now.points)} → <b>${points(late.then.points)}</b></dd></div>
          <div><dt>${t("late.place.head")}</dt><dd>${number(late.now.place)} → <b>${number(late.then.place)}</b></dd></div>
          <div><dt>${t("late.others.head")}</dt><dd>${number(late.others)}</dd></div>
        </dl>
        <label class="label late-reason">${t("reason")}
          <input class="input" value=${reason} maxlength="200" data-first autocomplete="off" onInput=${(/** @type {any} */ event) => write(event.target.value)} />
        </label>
        <div class="chips">${USUAL.map((each) => html`<button key=${each} type="button" class="chip" onClick=${() => write(unbound(t(`late.because.${each}`)))}>${t(`late.because.${each}`)}</button>`)}</div>
        <div class="verdict">
          <button type="button" class="button button-primary" disabled=${!reason.trim()} onClick=${() => judge(true)}>${t("late.accept")}</button>
          <button type="button" class="button" disabled=${!reason.trim()} onClick=${() => judge(false)}>${t("late.refuse")}</button>
        </div>
        <p class="hint">${t("late.hint")}</p>
      </div>
    </div>
  </${Sheet}>`;
}

/** @param {{cell: LateCell, late: LateSheet}} props */
function Cell({ cell, late }) {
  const title = cell.question === "total" ? t("on_sheet") : t("question.n", { n: place_of(cell.question).number });
  const past = () => lay("history", { team: late.team, name: late.name, round: late.round, question: cell.question });
  return html`<li>
    <button type="button" class="line" onClick=${past} title=${t("history")}>
      <b>${title}</b><small>${person_words(cell)}, ${time_of_day(cell.at)}</small>
      <span class="mark-change"><${Change} before=${cell.before} value=${cell.value} /></span>
      ${cell.why && html`<small class="why">${t("quoted", { said: cell.why })}</small>`}
    </button>
  </li>`;
}

/** What everybody sees of it: the standing is another one than at the end. */
function Amended() {
  const amended = view.value?.amended;
  if (!amended) return null;
  return html`<article class="item"><h3>${t("amended")}<small>${time_of_day(amended.at)}</small></h3><p>${t("amended.times", { n: amended.times })}</p></article>`;
}
