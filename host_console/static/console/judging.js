/** Answers to judge: what was said, by how many, and one key for yes, for no, for the screen. A ruling is for all who said it. */
import { signal } from "@preact/signals";
import { number, t } from "/browser/words.js";
import { Verdict } from "./distribution.js";
import { html } from "/browser/parts/html.js";
import { shown_variant } from "../parts/question.js";
import { ask } from "./asking.js";
import { place_of, view } from "./evening.js";
import { tell } from "./notices.js";

const MOST_WAITING = 3; // beside the one that is looked at

/** @typedef {{question: string, said: string, value: any, count: number, paper?: number, ticked: boolean, accepted?: boolean, accept?: Record<string, string[]>}} Row */

/** Which of the waiting ones is looked at. */
const at = signal(0);

/** @returns {Row[]} */
const all = () => view.value?.attention.judge.rows ?? [];
const waiting = () => all().filter((row) => row.accepted === undefined);
const ruled = () => all().filter((row) => row.accepted !== undefined);
const looked_at = () => waiting()[Math.min(at.value, waiting().length - 1)];

export function next_to_judge() {
  at.value = waiting().length ? (Math.min(at.value, waiting().length - 1) + 1) % waiting().length : 0;
}

export const accept = () => rule(looked_at(), true);
export const reject = () => rule(looked_at(), false);

/** @param {Row | undefined} row @param {boolean | null} accepted null takes the ruling back */
async function rule(row, accepted) {
  if (!row || !(await ask("RuleAnswer", { question: row.question, said: row.said, accepted }))) return;
  const words = accepted === null ? "ruled.back" : accepted ? "ruled.accepted" : "ruled.rejected";
  tell(
    t(words, { said: String(row.value), n: row.count }),
    accepted ? "right" : "plain",
    accepted === null ? undefined : () => rule(row, null),
  );
}

/** Lets the screens show a wrong text, or no longer. */
export async function show_on_screen() {
  const row = looked_at();
  if (!row || !was_sent(row)) return;
  const shown = !row.ticked;
  if (await ask("TickAnswer", { question: row.question, said: row.said, shown }))
    tell(t(shown ? "ticked" : "ticked.off", { said: String(row.value) }));
}

/** True if a phone said it: screens show what those answered. @param {Row} row */
const was_sent = ({ count, paper = 0 }) => count > paper;

/** The question of the round that is played, or of which other one. @param {Row} row */
function where({ question }) {
  const { round, number: n } = place_of(question);
  return round === view.value?.round?.number ? t("question.n", { n }) : t("question.place", { round, n });
}

/** @param {Row} row */
const quoted = (row) => t("quoted", { said: String(row.value) });

export function Judging() {
  const rows = waiting();
  const row = looked_at();
  if (!row) return null;
  const others = rows.filter((each) => each !== row);
  return html`<h2><span>${t("judge")}</span><small>${t("n_of", { n: rows.indexOf(row) + 1, of: rows.length })}</small></h2>
    <${Case} row=${row} />
    ${
      others.length > 0 &&
      html`<ul class="queue item">
        ${others.slice(0, MOST_WAITING).map(
          (each) =>
            html`<li key=${each.question + each.said}>
              <button type="button" class="queue-line" onClick=${() => (at.value = rows.indexOf(each))}>
                <b>${quoted(each)}</b><small>${where(each)}</small
                ><span>${number(each.count)}</span>
              </button>
            </li>`,
        )}
        ${others.length > MOST_WAITING && html`<li><span>${t("judge.more", { n: others.length - MOST_WAITING })}</span></li>`}
      </ul>`
    }`;
}

/** @param {{row: Row}} props */
function Case({ row }) {
  return html`<article class="item item-judge is-looked-at">
    <h3>${where(row)}<small>${t("teams.n", { n: row.count })}${row.paper && t("judge.paper", { n: row.paper })}</small></h3>
    <p class="said-text">${quoted(row)}</p>
    ${row.accept && html`<p>${t("judge.right", { said: shown_variant(row.accept) })}</p>`}
    <p class="effect">${t("judge.effect", { n: row.count })}</p>
    <div class="item-actions">
      <button class="button button-primary" type="button" onClick=${accept}>${t("action.accept")} <kbd class="key">Y</kbd></button>
      <button class="button" type="button" onClick=${reject}>${t("action.reject")} <kbd class="key">N</kbd></button>
    </div>
    ${was_sent(row) && html`<div class="item-actions">
      <button class="button" type="button" aria-pressed=${row.ticked} onClick=${show_on_screen}>
        ${t(row.ticked ? "tick.on" : "action.tick")} <kbd class="key">W</kbd>
      </button>
    </div>`}
  </article>`;
}

/** Rulings that stand; each can be taken back. */
export function Ruled() {
  const rows = ruled();
  if (!rows.length) return null;
  return html`<h2><span>${t("judged")}</span><small>${rows.length}</small></h2>
    <ul class="queue item">
      ${rows.map(
        (row) =>
          html`<li key=${row.question + row.said}>
            <b class="one-line">${quoted(row)}</b><${Verdict} right=${Boolean(row.accepted)} />
            <button type="button" class="button button-quiet" onClick=${() => rule(row, null)}>${t("undo")}</button>
          </li>`,
      )}
    </ul>`;
}
