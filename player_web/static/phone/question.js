/** A question on the phone: text readable without the projector, the time as a thin bar, the answer filling the rest. */
import { html } from "/browser/parts/html.js";
import { Picture } from "/browser/parts/pictures.js";
import { local, t } from "/browser/words.js";
import { OneChoice, SeveralChoices } from "./choices.js";
import { ClockBar } from "./clock_bar.js";
import { goes_back, looked_at } from "./looking.js";
import { Sheet } from "./sheet.js";
import { line_of, Status } from "./status.js";
import { Strip } from "./strip.js";
import { moment, room } from "./team.js";
import { Top } from "./top.js";
import { NumberAnswer, TextAnswer } from "./written.js";

/** What an answer to a question of a kind is given with. @type {Record<string, any>} */
const ANSWERS = { one: OneChoice, tf: OneChoice, several: SeveralChoices, text: TextAnswer, number: NumberAnswer };

export function Question() {
  const question = looked_at.value;
  return html`<main class=${`phone is-question ${moment.value.is === "over" ? "is-over" : ""} ${question?.media ? "has-picture" : ""}`}>
    <${Top} quiet />
    <div class="phone-time"><${ClockBar} />${goes_back.value && html`<${Strip} />`}</div>
    ${question ? html`<${Asked} key=${question.id} question=${question} />` : html`<${Sheet} /><${Status} line=${sheet_line()} />`}
  </main>`;
}

/** @param {{question: Record<string, any>}} props */
function Asked({ question }) {
  const Answer = ANSWERS[question.kind];
  return html`<div class="phone-ask"><p>${where(question)}</p><h1>${local(question.text)}</h1>
      ${question.media && html`<${Picture} media=${question.media} />`}</div>
    <${Answer} question=${question} />
    <${Status} line=${line_of(question)} />`;
}

/** @param {Record<string, any>} question */
function where(question) {
  const { round } = room();
  return t("where", { round: round.number, question: question.number, of: round.questions });
}

/** Under the sheet of the whole round. @returns {import("./status.js").Line} */
function sheet_line() {
  if (moment.value.is !== "over") return { tone: "", text: t("sheet.tap") };
  return { tone: "", text: t(room().phase === "collected" ? "sheet.collected" : "sheet.wait") };
}
