/** What a table would enter: figures, what to know before, each line that fails with its reason, and what is entered for whom. */
import { because, number, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { mark_words } from "./history.js";

/**
 * @typedef {{round: number, question: number, stands: string, says: string}} Contrast
 * @typedef {{table: string, line: number, team: string}} At
 * @typedef {At & {rounds: number[], new: number, disputes: Contrast[], changes: Contrast[]}} Changing
 * @typedef {At & {code: string, detail: string, proposal: string}} Failed
 * @typedef {{preview: string, teams: number, marks: number, totals: number, same: number, heard: number, late: number, disputes: number, changes: number, failures: number, rounds: {round: number, teams: number, marks: number}[], uncollected: string[], changing: Changing[], failed: Failed[]}} Found
 */

const MOST = 40; // lines that somebody reads here; the others are counted
const MOST_CONTRASTS = 6;

/** @param {{found: Found, waits: boolean, enter: () => void, leave: () => void}} props `waits`: the server is at it */
export function Preview({ found, waits, enter, leave }) {
  const news = found.marks + found.totals;
  if (!news && !found.failures) return html`<p class="table-done" role="status"><${Icon} name="check" />${t("table.nothing")}</p>`;
  return html`<div class="table-found" role="status">
      <dl class="table-figures">
        <${Figure} n=${news} words="table.figure.marks" /><${Figure} n=${found.teams} words="table.figure.teams" />
        ${found.failures > 0 && html`<${Figure} n=${found.failures} words="table.figure.failed" look="is-bad" />`}
      </dl>
      <${Notes} found=${found} />
      <div class=${found.failures && news ? "table-sides" : ""}>
        ${found.failures > 0 && html`<${FailedLines} found=${found} />`}
        ${news > 0 && html`<${Entering} found=${found} />`}
      </div>
    </div>
    <footer class="table-enter">
      ${news > 0 && html`<button type="button" class="button button-primary" disabled=${waits} onClick=${enter}>${t(found.failures ? "table.enter.rest" : "table.enter", { n: news })}</button>`}
      <button type="button" class="button" onClick=${leave}>${t("table.leave")}</button>
    </footer>`;
}

/** @param {{found: Found, done: {entered: number, left_out: number, late: number}}} props */
export function Entered({ found, done }) {
  return html`<div class="table-found" role="status">
    <p class="table-done"><${Icon} name="check" />${t("marks.entered", { n: done.entered })}</p>
    ${done.late > 0 && html`<p class="table-note is-warn"><${Icon} name="clock" />${t("table.late", { n: done.late })}</p>`}
    ${done.left_out > 0 && html`<p>${t("table.left_out", { n: done.left_out })}</p><${FailedLines} found=${found} />`}
  </div>`;
}

/** @param {{n: number, words: string, look?: string}} props */
function Figure({ n, words, look = "" }) {
  return html`<div class=${look}><dd>${number(n)}</dd><dt>${t(words, { n })}</dt></div>`;
}

/** What is good to know before one presses. @param {{found: Found}} props */
function Notes({ found }) {
  const contrasts = (/** @type {"disputes" | "changes"} */ which) => found.changing.flatMap((row) => row[which].map((each) => ({ ...each, team: row.team })));
  return html`${found.disputes > 0 && html`<${Note} words="table.disputes" n=${found.disputes} of=${contrasts("disputes")} />`}
    ${found.changes > 0 && html`<${Note} words="table.changes" n=${found.changes} of=${contrasts("changes")} is_over />`}
    ${found.late > 0 && html`<p class="table-note is-warn"><${Icon} name="clock" />${t("table.late", { n: found.late })}</p>`}
    ${found.uncollected.length > 0 && html`<p class="table-note is-warn"><${Icon} name="clock" />${t("table.uncollected", { venues: found.uncollected.join(", ") })}</p>`}
    ${found.same > 0 && html`<p class="table-note">${t("table.same", { n: found.same })}</p>`}
    ${found.heard > 0 && html`<p class="table-note">${t("table.heard", { n: found.heard })}</p>`}`;
}

/** Beside a mark of somebody else's a file's mark stands; over one's own it is written. @param {{words: string, n: number, of: (Contrast & {team: string})[], is_over?: boolean}} props */
function Note({ words, n, of, is_over = false }) {
  return html`<div class="table-note is-warn">
    <${Icon} name="alert" />
    <div>
      ${t(words, { n })}
      <ul>${of.slice(0, MOST_CONTRASTS).map((each, at) => html`<li key=${at}>${where(each)}: ${is_over ? html`<s>${stands(each)}</s> → <b>${mark_words(each.says)}</b>` : t("table.against", { stands: stands(each), says: mark_words(each.says) })}</li>`)}</ul>
      ${n > MOST_CONTRASTS && t("table.more", { n: n - MOST_CONTRASTS })}
    </div>
  </div>`;
}

/** @param {Contrast} each */
const stands = (each) => each.stands.split(" ").map(mark_words).join("\u2009/\u2009");

/** @param {Contrast & {team: string}} each */
function where({ team, round, question }) {
  const cell = question ? t("question.lower", { n: question }) : t("carried.total");
  return [t("quoted", { said: team }), t("table.round", { n: round }), cell].join(", ");
}

/** @param {{found: Found}} props */
function FailedLines({ found }) {
  const { failed, failures } = found;
  return html`<section>
    <h3>${t("table.failed")}</h3>
    <ol class="failed-lines">
      ${failed.slice(0, MOST).map(
        (each) =>
          html`<li key=${`${each.table} ${each.line}`}>
            <p class="failed-at">${each.team && html`<b>${each.team}</b>`}<span>${at(each)}</span></p>
            <p>${because(each)}</p>
            ${each.proposal && html`<p class="failed-maybe">${t("table.maybe", { team: each.proposal })}</p>`}
          </li>`,
      )}
    </ol>
    ${failures > MOST && html`<p class="quiet">${t("table.more", { n: failures - MOST })}</p>`}
  </section>`;
}

/** @param {At} each */
const at = ({ table, line }) => (table ? t("table.at.tab", { tab: table, n: line }) : t("table.at", { n: line }));

/** @param {{found: Found}} props */
function Entering({ found }) {
  const { changing, rounds } = found;
  return html`<section>
    <h3>${t("table.entering")}</h3>
    <ul class="table-rounds">${rounds.map((each) => html`<li key=${each.round}><b>${t("round.n", { n: each.round })}</b><span>${t("teams.n", { n: each.teams })}</span><span>${t("marks.n", { n: each.marks })}</span></li>`)}</ul>
    <ul class="table-teams">
      ${changing.slice(0, MOST).map((each) => html`<li key=${`${each.table} ${each.line}`}><b class="one-line">${each.team}</b><span>${t("table.in_rounds", { n: each.rounds.length, rounds: each.rounds.join(", ") })}</span><span class="r">${t("marks.n", { n: each.new })}</span></li>`)}
    </ul>
    ${changing.length > MOST && html`<p class="quiet">${t("table.more", { n: changing.length - MOST })}</p>`}
  </section>`;
}
