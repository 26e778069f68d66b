/** The line under a solution: its fun fact, or that the question is out for everybody. */
import { html } from "/browser/parts/html.js";
import { local, t } from "/browser/words.js";

/** @param {{question: Record<string, any>, solution: Record<string, any>}} props */
export function Fact({ question, solution }) {
  const words = question.voided ? t("voided") : local(solution.fun_fact);
  return words && html`<p class=${`fact ${question.voided ? "is-voided" : ""}`}><span>${words}</span></p>`;
}
