/** Options: a coloured block, a shape, a letter, a text. One tap chooses where one is asked for; several are marked and then sent. */
import { html } from "/browser/parts/html.js";
import { colours_of, Emblem, Icon } from "/browser/parts/drawings.js";
import { t } from "/browser/words.js";
import { answer_to, is_open, say } from "./answers.js";
import { draft, draft_of, send_draft, unsent } from "./drafts.js";
import { is_fresh } from "./looking.js";
import { MoreBelow } from "./more_below.js";
import { option_text, said_words } from "./said.js";

const MANY = 4; // more stand in two columns, so that nobody overlooks the last

/** One option is right, and one tap says which. @param {{question: Record<string, any>}} props */
export function OneChoice({ question }) {
  const answer = answer_to(question);
  const chosen = answer.value === undefined ? [] : [answer.value];
  return html`<${Options} question=${question} chosen=${chosen} is=${answer.is}
    tap=${(/** @type {string} */ id) => id !== answer.value && say(question, id)} />`;
}

/** Any number is right: what is marked is private until it is sent. @param {{question: Record<string, any>}} props */
export function SeveralChoices({ question }) {
  const answer = answer_to(question);
  const chosen = draft_of(question) ?? answer.value ?? [];
  const tap = (/** @type {string} */ id) =>
    draft(question, chosen.includes(id) ? chosen.filter((/** @type {string} */ one) => one !== id) : [...chosen, id]);
  const is_new = unsent(question) !== undefined;
  return html`<${Options} question=${question} chosen=${chosen} is=${is_new ? "waiting" : answer.is} tap=${tap} several />
    <div class="send-row"><button class="button button-primary" type="button" disabled=${!is_new || !is_open(question)} onClick=${() => send_draft(question)}>
      ${chosen.length ? t("several.send", { said: said_words(question, chosen) }) : t("several.nothing")}</button></div>`;
}

/**
 * @param {object} props
 * @param {Record<string, any>} props.question
 * @param {string[]} props.chosen
 * @param {string} props.is where the answer is
 * @param {(id: string) => void} props.tap
 * @param {boolean} [props.several]
 */
function Options({ question, chosen, is, tap, several = false }) {
  const open = is_open(question);
  const look = (/** @type {string} */ id) =>
    chosen.includes(id) ? `is-chosen ${is === "saved" ? "" : "is-sending"}` : chosen.length && !several ? "is-other" : open ? "" : "is-shut";
  const many = question.options.length > MANY ? "has-many" : "";
  return html`<div class=${`choices ${many}`} role="group" aria-label=${t("options")}>
    ${question.options.map(
      (/** @type {any} */ option, /** @type {number} */ at) => html`<button key=${option.id} type="button" aria-pressed=${chosen.includes(option.id)}
        aria-disabled=${!open} class=${`choice ${colours_of(at)} ${look(option.id)}`} onClick=${() => open && !is_fresh() && tap(option.id)}>
        <${Emblem} at=${at} /><span class="choice-text">${option_text(question, at)}</span>
        <span class="choice-state">${chosen.includes(option.id) && html`<${Icon} name=${sign_of(is, several)} />`}</span></button>`,
    )}
    <${MoreBelow} key="more" /></div>`;
}

/** @param {string} is @param {boolean} several */
const sign_of = (is, several) => (is === "saved" || several ? "check" : "clock");
