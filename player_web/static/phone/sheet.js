/** The round as a sheet of paper has it: every question in a row with what the team says. A tap goes there while answers are open. */
import { html } from "/browser/parts/html.js";
import { colours_of, Emblem, Icon } from "/browser/parts/drawings.js";
import { local, t } from "/browser/words.js";
import { answer_to } from "./answers.js";
import { look_at } from "./looking.js";
import { option_text, place_of, said_words } from "./said.js";
import { state_of } from "./strip.js";
import { moment, questions } from "./team.js";

export function Sheet() {
  const missing = questions.value.filter((question) => answer_to(question).is === "none").length;
  const is_over = moment.value.is === "over";
  return html`<div class="phone-ask"><h1>${t(is_over ? "sheet.closed" : "sheet.open")}</h1>
      <p>${missing ? t("sheet.missing", { n: missing }) : t("sheet.full")}</p></div>
    <ol class="sheet">${questions.value.map((question) => html`<${Row} key=${question.id} question=${question} />`)}</ol>`;
}

/** @param {{question: Record<string, any>}} props */
function Row({ question }) {
  const answer = answer_to(question);
  const state = state_of(question);
  return html`<li><button class=${`sheet-row ${state}`} type="button" onClick=${() => look_at(question.id)}>
    <b class="sheet-number">${question.number}</b>
    <span class="sheet-text">${local(question.text)}</span>
    <span class="sheet-said"><${Said} question=${question} value=${answer.value} /></span>
    ${state === "is-done" && html`<${Icon} name="check" />`}${state === "is-sent" && html`<${Icon} name="clock" />`}
  </button></li>`;
}

/** Options as they look, other answers in words. @param {{question: Record<string, any>, value: any}} props */
function Said({ question, value }) {
  if (value === undefined) return t("sheet.empty");
  if (question.options.length === 0) return said_words(question, value);
  const places = [value].flat().map((id) => place_of(question, id)).filter((at) => at >= 0).sort();
  return html`${places.map((at) => html`<span key=${at} class=${colours_of(at)}><${Emblem} at=${at} /></span>`)}
    ${places.length === 1 && html`<span class="sheet-option">${option_text(question, places[0])}</span>`}`;
}
