/** Whose counts stand beside a solution. */
import { html } from "/browser/parts/html.js";
import { t } from "/browser/words.js";

/** @param {{fell: {answered: number}}} props */
export function HowMany({ fell }) {
  return html`<p>${fell.answered ? html`${t("reveal.online", { n: fell.answered })}<br />${t("reveal.online_word")}` : t("reveal.nobody")}</p>`;
}
