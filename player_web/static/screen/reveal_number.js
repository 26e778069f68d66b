/** The solution of a number on a line: where it is, what counts beside it, and which numbers were said there. */
import { html } from "/browser/parts/html.js";
import { Picture } from "/browser/parts/pictures.js";
import { decimal, local, t } from "/browser/words.js";
import { Fact } from "./fact.js";
import { useFit } from "./fit.js";
import { RoundStrip } from "./frame.js";
import { room } from "./hall.js";
import { HowMany } from "./how_many.js";
import { length_of } from "./reveal_text.js";

const ENDS = 0.08; // of the line, free at both ends

export function RevealNumber() {
  const { question, solution } = room();
  const page = useFit([question.id]);
  const unit = local(question.parts?.unit);
  const shown = decimal(solution.is.value);
  const media = solution.media ?? question.media;
  return html`<main class="stage is-live"><div class="stage-inner is-number" ref=${page}>
    <${RoundStrip} done />
    <div class="reveal-head"><h1>${local(question.text)}</h1><${HowMany} fell=${solution.fell} /></div>
    <div class="number-row"><div class="solution"><h2>${rule_of(solution.is)}</h2>
      <strong class=${length_of(shown)}>${shown}${unit && html`<small> ${unit}</small>`}</strong>
      ${!question.voided && html`<p class="also">${t("reveal.right", { n: solution.fell.right })}</p>`}</div>
      ${media && html`<${Picture} media=${media} />`}</div>
    <${Line} is=${solution.is} rows=${solution.fell.rows} />
    <${Fact} question=${question} solution=${solution} />
  </div></main>`;
}

/** @param {Record<string, any>} is */
function rule_of(is) {
  if (is.mode === "nearest") return t("reveal.nearest");
  if (is.mode === "tolerance") return `${t("reveal.answer")}. ${t("reveal.tolerance", { by: is.tolerance })}`;
  return t("reveal.answer");
}

/** @param {{is: Record<string, any>, rows: any[]}} props */
function Line({ is, rows }) {
  const meant = Number(is.value);
  const said = rows.map((row) => ({ ...row, at: Number(row.value) })).sort((one, other) => one.at - other.at);
  const far = Math.max(...said.map(({ at }) => Math.abs(at - meant)), Math.abs(meant) / 100, 1);
  const place = (/** @type {number} */ at) => ENDS + (1 - 2 * ENDS) * (0.5 + (at - meant) / (2 * far));
  return html`<div class="number-line">
    <span class="meant" style=${{ "--at": 0.5 }} />
    ${said.map(
      ({ at, count, right, value }) => html`<span key=${value} class=${`said-there ${right ? "yes" : "no"}`} style=${{ "--at": place(at) }}><b>${count}</b><i />
        <small>${decimal(String(value))}</small></span>`,
    )}
  </div>`;
}
