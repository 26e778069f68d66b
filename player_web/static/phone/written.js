/** Answers that are written: one line, big, suggestions off. A number brings the keys for numbers. */
import { html } from "/browser/parts/html.js";
import { decimal, local, t } from "/browser/words.js";
import { answer_to, is_open } from "./answers.js";
import { draft, draft_of, send_draft, unsent } from "./drafts.js";

const LONGEST = 200;

/** @param {{question: Record<string, any>}} props */
export function TextAnswer({ question }) {
  return html`<${Line} question=${question} written=${(/** @type {string} */ value) => value} inputmode="text" />`;
}

/** @param {{question: Record<string, any>}} props */
export function NumberAnswer({ question }) {
  const written = (/** @type {string} */ value) => (/^-?\d+(\.\d+)?$/.test(value) ? decimal(value) : value);
  return html`<${Line} question=${question} written=${written} inputmode="decimal" unit=${local(question.parts?.unit)} />`;
}

/** No suggestion writes anything here. As attributes: as properties their words would be read as true. @param {HTMLInputElement | null} line */
function unhelped(line) {
  line?.setAttribute("autocorrect", "off");
  line?.setAttribute("spellcheck", "false");
}

/** @param {{question: Record<string, any>, written: (value: string) => string, inputmode: string, unit?: string}} props */
function Line({ question, written, inputmode, unit }) {
  const { value } = answer_to(question);
  const open = is_open(question);
  const shown = draft_of(question) ?? (value === undefined ? "" : written(String(value)));
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    send_draft(question);
  };
  return html`<form class="phone-body is-answer" onSubmit=${send}>
    <div><label class="label" for="answer">${t("answer.label")}</label>
    <div class="answer-row"><input class="input answer-line" id="answer" inputmode=${inputmode} autocomplete="off" autocapitalize="off" ref=${unhelped}
      enterkeyhint="send" maxlength=${LONGEST} readOnly=${!open} value=${shown}
      onInput=${(/** @type {any} */ event) => draft(question, event.currentTarget.value)} />${unit && html`<span class="unit">${unit}</span>`}</div></div>
    <button class="button button-primary" type="submit" disabled=${!open || unsent(question) === undefined}>${t("answer.save")}</button>
  </form>`;
}
