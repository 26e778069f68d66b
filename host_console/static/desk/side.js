/** Beside the grid: what is wrong in the row that is looked at, and the key to mark by. */
import { points, because, t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { solution_lines } from "../parts/question.js";
import { column_words } from "./cell_words.js";
import { cursor, question_here, team_here } from "./cursor.js";
import { FindSheet } from "./find_sheet.js";
import { ColumnDisagreement } from "./foot.js";
import { way } from "./grid_cell.js";
import { DeskPrint } from "./print.js";
import { sum_words } from "./row.js";
import { show_keys } from "./key_help.js";
import { write } from "./marking.js";
import { forget_refused, refused } from "./outgoing.js";
import { key, role, scope } from "./room.js";
import { TOTAL, cell, on_paper, on_phones, teams } from "./sheet.js";
import { holds_text, text_of } from "./said.js";
import { HALF, disagrees, sum_of, total_of } from "./sums.js";
import { mark_words } from "../parts/history.js";
import { has_past, show_past } from "./past.js";
import { DeskTable } from "./table_file.js";
import { called } from "./who.js";

export function Side() {
  return html`<aside class="desk-side"><${FindSheet} /><${Entered} /><${Refusals} /><${Late} /><${Dispute} /><${Disagreement} /><${ColumnDisagreement} /><${Key} /><${Keys} /><${DeskTable} /><${DeskPrint} /></aside>`;
}

/** @param {string} team */
const name_of = (team) => teams.value.find((each) => each.team === team)?.name ?? "";

/** Who wrote what stands in this cell, and when. The line is always there, so that nothing below it moves. */
function Entered() {
  const [team, question] = [team_here(), question_here()];
  if (!team || !question) return null;
  const seen = cell(team, question);
  return html`<p class="entered">
    <span class=${on_phones(team, question) ? "" : "one-line"}>${on_phones(team, question) ? t("entered.phones") : entered(seen, way(team, question))}</span>
    ${has_past() && html`<button type="button" class="link-button" onClick=${show_past}>${t("history")}</button>`}
  </p>`;
}

/** What the team wrote, for the cell may be too narrow, and how it is marked; else how to type it. */
function Written() {
  const [team, question] = [team_here(), question_here()];
  const { value, right } = team && question ? cell(team, question) : { value: "", right: undefined };
  const text = text_of(value);
  if (text === null) return html`<small class="only-wide">${t("text.enter")} <kbd class="key">=</kbd></small>`;
  const look = right === undefined ? "waits" : right ? "right" : "wrong";
  return html`<small class=${`written is-${look}`}><b>${t("quoted", { said: text })}</b> ${t(`text.${look}`)}</small>`;
}

/** @param {import("./cell.js").Cell} seen @param {import("./cell_words.js").Way} way */
function entered({ state, present }, way) {
  if (state !== "marked") return "";
  const last = present.reduce((best, each) => ((each.at ?? Infinity) >= (best.at ?? Infinity) ? each : best));
  const by = called(last.who);
  if (way) return `${by}, ${t(`legend.${way}`)}`;
  return last.at === undefined ? by : t("entered", { who: by, time: time_of_day(last.at, true) });
}

/** Marks that the server will never take. */
function Refusals() {
  if (!refused.value.length) return null;
  return html`<section class="box is-wrong" role="alert">
    <h2>${t("marks.refused", { n: refused.value.length })}</h2>
    ${refused.value.map(({ operation, refused: why }) => html`<p key=${operation.counter}>${t("quoted", { said: name_of(operation.team) })}, ${column_words(operation.question)}: ${because(why)}</p>`)}
    <button type="button" class="button" onClick=${forget_refused}>${t("read")}</button>
  </section>`;
}

/** What was written here too late: it counts once the host has let it in. */
function Late() {
  const [team, question] = [team_here(), question_here()];
  const late = team && question ? (cell(team, question).late ?? []) : [];
  if (!late.length) return null;
  return html`<section class="box is-late">
    <h2>${t(late.some((each) => each.is === "waits") ? "late.waits" : "late.was_refused")}</h2>
    <ul class="versions">
      ${late.map((each) => html`<li key=${each.name}><b>${mark_words(each.value)}</b><span>${called(each.who)}<small>${t(`late.${each.is}.at`, { time: time_of_day(each.at ?? 0, true) })}</small></span></li>`)}
    </ul>
  </section>`;
}

/** @type {Record<string, string>} */
const SETTLED = { 1: "right.is", 0: "wrong.is", [HALF]: "half.is" };

/** Two people wrote different marks. Both are shown; whoever looks at the sheet decides, over exactly these. */
function Dispute() {
  const [team, question] = [team_here(), question_here()];
  if (!team || !question) return null;
  const seen = cell(team, question);
  if (seen.state !== "disputed") return null;
  const same = (/** @type {string} */ who) => seen.present.filter((each) => each.who === who).length > 1;
  const settle = (/** @type {string} */ value) => write(team, question, value, seen);
  const plain = question !== TOTAL && !key.value[cursor.value.column].takes_value;
  const said = [...new Set(seen.present.map((each) => each.value))].filter(Boolean);
  const marked = ["1", "0", ...(said.includes(HALF) ? [HALF] : [])];
  return html`<section class="box is-wrong">
    <h2>${t("dispute.in", { team: name_of(team), where: column_words(question) })}</h2>
    <ul class="versions">
      ${seen.present.map(
        (each) =>
          html`<li key=${each.name}>
            <b class=${text_of(each.value) === null ? "" : "is-text"}>${mark_words(each.value)}</b
            ><span
              >${called(each.who)}${each.at !== undefined && html`<small>${t("entered.at", { time: time_of_day(each.at, true) })}</small>`}
              ${same(each.who) && html`<small>${t("dispute.device", { name: each.name.slice(0, each.name.lastIndexOf(":")).slice(-4) })}</small>`}</span
            >
          </li>`,
      )}
    </ul>
    <p>${t(role === "host" ? "dispute.what.host" : "dispute.what")}</p>
    <div class="settle">
      ${(plain && !holds_text(seen) ? marked : said).map(
        (value) =>
          html` <button key=${value} type="button" class="button" onClick=${() => settle(value)}>
            ${plain && value in SETTLED ? html`${t(SETTLED[value])} <kbd class="key">${value === HALF ? "5" : value}</kbd>` : mark_words(value)}
          </button>`,
      )}
      ${plain && role === "desk" && html`<button type="button" class="button is-both" onClick=${() => settle("?")}>${t("dispute.give")} <kbd class="key">?</kbd></button>`}
    </div>
  </section>`;
}

/** The marks and the sheet's own sum do not fit. */
function Disagreement() {
  const team = team_here();
  if (!team) return null;
  const sum = sum_of(on_paper(team), (question) => cell(team, question));
  const total = total_of(cell(team, TOTAL));
  if (!disagrees(sum, total)) return null;
  const keep = () => write(team, TOTAL, String(sum.points / 100));
  return html`<section class="box is-wrong">
    <h2>${t("sums", { team: name_of(team), ours: sum_words(sum), theirs: points(total ?? 0) })}</h2>
    <p>${t("sums.how")}</p>
    ${sum.whole && !sum.texts && html`<button type="button" class="button" onClick=${keep}>${t("sums.keep", { ours: points(sum.points) })}</button>`}
  </section>`;
}

/** The solutions; the one of the cursor's column with all that is also right. */
function Key() {
  const here = question_here();
  return html`<section class="box">
    <h2>${t("key")}</h2>
    <ol class="key-list">
      ${key.value.map((question) => html`<${Solution} key=${question.id} question=${question} here=${question.id === here} />`)}
    </ol>
  </section>`;
}

/** @param {{question: any, here: boolean}} props */
function Solution({ question, here }) {
  const [first, ...more] = solution_lines(question);
  const shown = question.options.length ? [first, ...more].join("; ") : first;
  const also = question.options.length ? [] : [...more, ...question.accepted];
  return html`<li class=${`${here ? "is-here" : ""} ${question.voided ? "gone" : ""}`}>
    <span
      >${shown}${question.voided ? ` (${t("question.voided")})` : ""}
      ${here && also.length > 0 && html`<small>${t("also_right")}: ${also.join(", ")}</small>`}
      ${here && question.rejected.length > 0 && html`<small>${t("not_right")}: ${question.rejected.join(", ")}</small>`}
      ${here && question.takes_value && html`<small>${t("number.enter")}</small>`}
      ${here && question.takes_text && html`<${Written} />`}</span
    >
  </li>`;
}

/** The keys that are wanted at every sheet; the others are one press away. */
const OFTEN = [
  ["1", "right"],
  ["5", "half"],
  ["0", "wrong"],
  ["-", "blank"],
  ["?", "asked"],
  ["Enter", "row.end"],
];

function Keys() {
  return html`<section class="box only-wide">
    <h2>${t("keys")}</h2>
    <ul class="type-keys">
      ${OFTEN.map(([name, words]) => html`<li key=${name}><kbd class="key">${name}</kbd>${t(words)}</li>`)}
    </ul>
    <button type="button" class="button" onClick=${show_keys}>${t("keys.all")} <kbd class="key">H</kbd></button>
  </section>`;
}

/** Marks of a venue that collected after the reveal wait for the host. */
export function WaitingForHost() {
  if (scope.value?.waiting) return html`<p class="desk-note" role="status">${t("desk.waits")}</p>`;
  const { sheets, corrections } = scope.value?.late ?? {};
  if (!key.value.length || !(sheets || corrections)) return null;
  return html`<p class="desk-note" role="status">${t(corrections ? "desk.late" : "desk.late.sheets")}</p>`;
}
