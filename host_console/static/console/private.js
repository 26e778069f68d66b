/** What only the host may see, in a dashed frame: the solution, what to say, how it stands, and what comes next. */
import { local, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { kind_and_time, solution_lines } from "../parts/question.js";
import { answered, view } from "./evening.js";
import { figures } from "./figures.js";
import { Chosen, Distribution } from "./distribution.js";
import { StandingRows } from "./standing_rows.js";

const MOST_VARIANTS = 6;
const TOP = 5; // of the standing, before everybody sees it
const AFTER = new Set(["round_end", "final", "finished"]);

export function Private() {
  const shown = /** @type {Record<string, any>} */ (view.value);
  const parts = parts_of(shown);
  if (!parts.length) return null;
  return html`<section class="private" aria-label=${t("only_you")}><span class="tag">${t("only_you")}</span>${parts}</section>`;
}

/** @param {Record<string, any>} shown */
function parts_of(shown) {
  const { question, next, phase, stage } = shown;
  const asked = question && !AFTER.has(phase) && stage.show === "play";
  const parts = [];
  if (phase === "lobby") parts.push(html`<${Say} words=${t("lobby.say")} />`);
  if (asked && phase !== "revealed") parts.push(html`<${Solution} question=${question} />`);
  if (asked && phase === "revealed" && (question.notes || also_right(question).length))
    parts.push(html`<dl><${ToSay} question=${question} /></dl>`);
  if (asked && !question.fell && question.options.length && answered.value?.fell)
    parts.push(html`<dl><dt>${t(["open", "last_call"].includes(phase) ? "chosen.now" : "chosen")}</dt><dd><${Chosen} question=${question} fell=${answered.value.fell} /></dd></dl>`);
  if (asked && question.fell && !(phase === "revealed" && question.options.length))
    parts.push(
      html`<dl>
        <dt>${t("fell")}</dt>
        <dd><${Distribution} question=${question} /></dd>
      </dl>`,
    );
  if (next && phase !== "lobby" && comes_next(shown) && !(reveals_next(shown) && parts.length > 1)) parts.push(html`<${Next} question=${next} revealed=${reveals_next(shown)} />`);
  if (phase === "round_end" && stage.show === "play")
    parts.push(html`<dl><dt>${t("standing.now")}</dt><dd><${StandingRows} which="total" count=${TOP} /></dd></dl>`);
  if (["final", "finished"].includes(phase)) parts.push(html`<${Say} words=${figures(shown.counts)} />`);
  return parts;
}

/** In a round that is revealed at its end no question comes after the last call, until its answers do. @param {Record<string, any>} shown */
function comes_next(shown) {
  const { round, phase } = shown;
  if (!is_of_this_round(shown)) return phase === "round_end";
  return round.reveal === "each" || !["last_call", "round_closed", "collected"].includes(phase);
}

/** True where what comes next is an answer, not a question. @param {Record<string, any>} shown */
function reveals_next(shown) {
  return shown.round.reveal === "round_end" && shown.phase === "revealed" && is_of_this_round(shown);
}

/** @param {Record<string, any>} shown */
function is_of_this_round({ next, run_sheet }) {
  const here = run_sheet.find((/** @type {any} */ row) => row.now);
  return here?.questions.some((/** @type {any} */ each) => each.id === next.id);
}

/** @param {{words: string}} props */
function Say({ words }) {
  return html`<dl>
    <dt>${t("say")}</dt>
    <dd>${words}</dd>
  </dl>`;
}

/** @param {{question: Record<string, any>}} props */
function Solution({ question }) {
  const [first, ...more] = solution_lines(question);
  const { fun_fact } = question.solution;
  return html`<dl>
    <dt>${t("answer")}</dt>
    <dd class="answer">${[first, ...(question.options.length ? more : [])].map((line) => html`<span>${line}</span>`)}</dd>
    ${question.solution.is.mode === "nearest" && html`<dd class="quiet">${t("number.nearest")}</dd>`}
    <${ToSay} question=${question} />
    ${
      fun_fact &&
      html`<dt>${t("fun_fact")}</dt>
        <dd>${local(fun_fact)}</dd>`
    }
  </dl>`;
}

/** What the hall does not see, before the reveal and after it. @param {{question: Record<string, any>}} props */
function ToSay({ question }) {
  const variants = also_right(question);
  return html`${
    variants.length > 0 &&
    html`<dt>${t("also_right")}</dt>
      <dd>${variants.slice(0, MOST_VARIANTS).join(", ")}</dd>`
  }
  ${
    question.notes &&
    html`<dt>${t("say")}</dt>
      <dd>${local(question.notes)}</dd>`
  }`;
}

/** @param {Record<string, any>} question */
function also_right(question) {
  return question.options.length ? [] : solution_lines(question).slice(1);
}

/** @param {{question: Record<string, any>, revealed: boolean}} props */
function Next({ question, revealed }) {
  return html`<dl class="coming">
    <dt>${t(revealed ? "next.revealed" : "next", { n: question.number })}</dt>
    <dd>${local(question.text)}${!revealed && html` <span class="quiet">${kind_and_time(question)}</span>`}</dd>
    <dt>${t("next.answer")}</dt>
    <dd>
      ${solution_lines(question)
        .slice(0, question.options.length || 1)
        .join(", ")}
    </dd>
  </dl>`;
}
