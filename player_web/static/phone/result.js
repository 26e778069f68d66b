/** What a question brought: right or wrong in colour, shape and word, both answers, the fact, the team's place. */
import { html } from "/browser/parts/html.js";
import { colours_of, Emblem, Icon } from "/browser/parts/drawings.js";
import { Picture } from "/browser/parts/pictures.js";
import { local, points, t } from "/browser/words.js";
import { answer_to, on_paper } from "./answers.js";
import { goes_back, looked_at } from "./looking.js";
import { MyPlace } from "./place.js";
import { option_text, place_of, with_unit } from "./said.js";
import { refused, Status } from "./status.js";
import { Strip } from "./strip.js";
import { own, room } from "./team.js";
import { Top } from "./top.js";

const LOOKS = {
  right: { look: "verdict-right", icon: "check" },
  half: { look: "verdict-right", icon: "check" },
  wrong: { look: "verdict-wrong", icon: "cross" },
  none: { look: "verdict-none", icon: "minus" },
  pending: { look: "verdict-pending", icon: "question" },
  removed: { look: "verdict-none", icon: "minus" },
};

export function Result() {
  const question = looked_at.value;
  const solution = question && room().solutions?.[question.id];
  if (!solution) return null;
  const marked = own().marks[question.id] ?? { mark: "none", points: 0 };
  return html`<main class="phone is-result">
    <${Top} />
    <${Verdict} question=${question} marked=${marked} />
    ${goes_back.value && html`<${Strip} />`}
    <div class="phone-body">
      <${Answers} question=${question} marked=${marked} solution=${solution} />
      ${!question.voided && html`<p>${how_many(solution.fell)}</p>`}
      ${solution.media && html`<${Picture} media=${solution.media} />`}
      ${solution.fun_fact && html`<p class="fact-small">${local(solution.fun_fact)}</p>`}
    </div>
    ${own().place && html`<div class="phone-body is-foot"><${MyPlace} place=${own().place} /></div>`}
    <${Status} line=${refused(question, answer_to(question)) ?? { tone: "", text: t("result.next") }} />
  </main>`;
}

/** @param {{question: Record<string, any>, marked: {mark: keyof typeof LOOKS, points: number}}} props */
function Verdict({ question, marked }) {
  const mark = question.voided ? "removed" : marked.mark;
  const { look, icon } = LOOKS[mark];
  return html`<div class=${`verdict ${look}`} role="alert"><span class="shape"><${Icon} name=${icon} /></span>
    <strong>${t(`verdict.${mark}`)}</strong><span>${worth(mark, marked.points, question.number)}</span></div>`;
}

/** "+1 point for question 3". @param {string} mark @param {number} hundredths @param {number} number */
function worth(mark, hundredths, number) {
  if (mark === "removed" || mark === "pending") return t(`worth.${mark}`, { question: number });
  const sign = hundredths > 0 ? "+" : "";
  return t("worth", { points: `${sign}${points(hundredths)}`, n: Math.abs(hundredths) / 100, question: number });
}

/** @param {{question: Record<string, any>, marked: Record<string, any>, solution: Record<string, any>}} props */
function Answers({ question, marked, solution }) {
  const right = right_answers(question, solution);
  const ours = is_told(marked, solution) ? plates_of(question, marked.said) : [];
  if (marked.mark === "right") return html`<dl class="answers-pair"><${Said} name=${t("answer.ours")} plates=${ours} />${beside(question, right, ours)}</dl>`;
  return html`<dl class="answers-pair"><${Said} name=${t("answer.right")} plates=${right} />
    ${ours.length > 0 && html`<${Said} name=${t("answer.ours")} plates=${ours} look=${marked.mark === "wrong" ? "was" : ""} />`}</dl>`;
}

/** A sheet tells the mark and not the words, unless the nearest number wins. @param {Record<string, any>} marked @param {Record<string, any>} solution */
function is_told(marked, solution) {
  return marked.said !== undefined && (!on_paper() || solution.is.mode === "nearest");
}

/** A right answer in other words than the solution's, or a number near enough: the solution stands beside it. @param {any} question @param {any[]} right @param {any[]} ours */
function beside(question, right, ours) {
  if (question.options.length || folded(ours[0]?.text) === folded(right[0]?.text)) return null;
  return html`<${Said} name=${t("answer.right")} plates=${right} look="was" />`;
}

/** Without what only keeps a line from breaking. @param {string | undefined} text */
const folded = (text = "") => text.replaceAll("\u2060", "").replaceAll("\u00a0", " ").toLowerCase();

/** @param {{name: string, plates: {at?: number, text: string}[], look?: string}} props */
function Said({ name, plates, look = "" }) {
  return html`<div><dt>${name}</dt>${plates.map(
    ({ at, text }) => html`<dd key=${text} class=${`${look} ${at === undefined ? "" : colours_of(at)}`}>
      ${at !== undefined && html`<${Emblem} at=${at} />`}<span class="plate-text">${text}</span></dd>`,
  )}</div>`;
}

/** What was said as plates: options with their emblem. @param {Record<string, any>} question @param {any} said */
function plates_of(question, said) {
  if (question.options.length === 0) return [{ text: question.kind === "number" ? with_unit(question, String(said)) : String(said) }];
  return [said].flat().map((id) => place_of(question, id)).filter((at) => at >= 0).sort().map((at) => ({ at, text: option_text(question, at) }));
}

/** @param {Record<string, any>} question @param {Record<string, any>} solution */
function right_answers(question, { is }) {
  if (is.right) return plates_of(question, is.right);
  if (is.accept) return [{ text: local(first_of_each(is.accept)) }];
  return [{ text: with_unit(question, is.value) }];
}

/** @param {Record<string, string[]>} accept */
const first_of_each = (accept) => Object.fromEntries(Object.entries(accept).map(([tongue, words]) => [tongue, words[0]]));

/** @param {{answered: number, right: number}} fell */
function how_many({ answered, right }) {
  if (answered === 0) return t("fell.nobody");
  return right === 0 ? t("fell.none") : t("fell.right", { n: right, of: answered });
}
