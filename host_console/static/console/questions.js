/** Every question that was asked tonight: how it went, and taking one out for everybody, or back in, however long ago it was. */
import { useEffect, useRef, useState } from "preact/hooks";
import { local, number, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Line } from "../parts/controls.js";
import { ask } from "./asking.js";
import { place_of, view } from "./evening.js";
import { tell } from "./notices.js";
import { Sheet, lay } from "./overlay.js";
import { armed, twice } from "./twice.js";

/** @typedef {{id: string, kind: string, is: string, why?: string}} Row a question on the run sheet */

/** @param {Row} row */
export const was_asked = (row) => row.is !== "to_come";

/** @returns {{title: any, questions: Row[]}[]} rounds with what was asked in them */
function rounds() {
  const all = /** @type {any[]} */ (view.value?.run_sheet ?? []);
  return all.map((round) => ({ ...round, questions: round.questions.filter(was_asked) }));
}

/** Opens the sheet at a question. @param {string} [question] */
export function look_at(question) {
  lay("questions", { question });
}

/** @param {{at?: {question?: string}}} props the question to begin with, else the one on the stage or the last that was asked */
export function QuestionsSheet({ at }) {
  const asked = rounds().flatMap((round) => round.questions);
  const on_stage = asked.find((each) => each.id === view.value?.question?.id);
  const [chosen, choose] = useState(at?.question ?? on_stage?.id ?? asked.at(-1)?.id);
  const row = asked.find((each) => each.id === chosen);
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => list.current?.querySelector(".is-chosen")?.scrollIntoView({ block: "nearest" }), []);
  return html`<${Sheet} title=${t("questions.asked")}>${
    row
      ? html`<div class="two-sides">
          <div class="lines is-list is-tall" ref=${list}>${rounds().map((round, number) => round.questions.length > 0 && html`<${Round} key=${number} round=${round} number=${number + 1} chosen=${chosen} choose=${choose} />`)}</div>
          <${Card} key=${row.id} row=${row} />
        </div>`
      : html`<p class="nothing">${t("questions.none")}</p>`
  }</${Sheet}>`;
}

/** @param {{round: any, number: number, chosen: string | undefined, choose: (question: string) => void}} props */
function Round({ round, number, chosen, choose }) {
  return html`<h3>${number}. ${local(round.title)}</h3>
    <ul>
      ${round.questions.map(
        (/** @type {Row} */ each) =>
          html`<li key=${each.id}>
            <button type="button" class=${`line ${each.id === chosen ? "is-chosen" : ""}`} onClick=${() => choose(each.id)}>
              <b class=${`one-line ${each.is === "voided" ? "gone" : ""}`}>${place_of(each.id).number}. ${text_of(each)}</b
              ><span>${t(`question.${each.is}`)}</span>
            </button>
          </li>`,
      )}
    </ul>`;
}

/** @param {Row} row */
const text_of = (row) => local(view.value?.asks[row.id].text);

/** @param {{row: Row}} props */
function Card({ row }) {
  const { round, number } = place_of(row.id);
  return html`<article class="card">
    <p class="quiet">${t("question.place", { round, n: number })}${went(row)}</p>
    <h3>${text_of(row)}</h3>
    <div class="card-job">${row.is === "voided" ? html`<${PutBack} row=${row} />` : html`<${TakeOut} row=${row} />`}</div>
  </article>`;
}

/** @param {Row} row */
function went(row) {
  const fell = view.value?.results[row.id];
  return fell?.answered ? t("question.went", { n: fell.answered, right: number(fell.right) }) : "";
}

/** @param {{row: Row}} props */
function TakeOut({ row }) {
  const name = `void ${row.id}`;
  const sure = armed.value === name;
  const take_out = (/** @type {string} */ reason) => twice(name, () => change(row, true, reason));
  return html`<p>${t("void.what")}</p>
    <${Line} label=${t("reason")} hint=${t("reason.seen")} verb=${t(sure ? "sure" : "action.void")} look=${sure ? "is-armed" : ""} act=${take_out} first=${false} input=${{ maxlength: 200 }} />`;
}

/** @param {{row: Row}} props */
function PutBack({ row }) {
  return html`<p><b>${t("question.voided.why", { why: row.why ?? "" })}</b></p>
    <p>${t("void.what.off")}</p>
    <button type="button" class="button button-primary" onClick=${() => change(row, false, t("void.reason.off"))}>
      ${t("action.void.off")}
    </button>`;
}

/** @param {Row} row @param {boolean} voided @param {string} reason */
async function change(row, voided, reason) {
  if (!(await ask("VoidQuestion", { question: row.id, voided, reason }))) return;
  const n = place_of(row.id).number;
  tell(
    t(voided ? "void.told" : "void.told.off", { n }),
    voided ? "warn" : "right",
    voided ? () => change(row, false, t("void.reason.off")) : undefined,
  );
}
