/** The round in a row of numbers: which are answered, which is on its way, which is open on the stage; a tap goes there. */
import { useEffect, useRef } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { t } from "/browser/words.js";
import { answer_to } from "./answers.js";
import { unsent } from "./drafts.js";
import { look_at, looked_at } from "./looking.js";
import { mine, questions, view } from "./team.js";

export function Strip() {
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  const here = looked_at.value?.id ?? "sheet";
  useEffect(() => row.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }), [here]);
  const solved = view.value?.solutions;
  return html`<nav class="strip-row" ref=${row} aria-label=${t("strip")}>
    ${!solved && html`<button class="cell" type="button" aria-current=${here === "sheet" ? "true" : undefined} aria-label=${t("strip.all")}
      onClick=${() => look_at("sheet")}><${Icon} name="sheet" /></button>`}
    ${questions.value.filter((question) => !solved || question.id in solved).map(
      (question) => html`<button key=${question.id} type="button" class=${`cell ${state_of(question)} ${question.id === view.value?.question ? "is-on-stage" : ""}`}
        aria-current=${here === question.id ? "true" : undefined} aria-label=${t(`strip.${state_of(question)}`, { n: question.number })}
        onClick=${() => look_at(question.id)}>${question.number}</button>`,
    )}
  </nav>`;
}

/** Where the team's answer is, or what it was worth. @param {Record<string, any>} question */
export function state_of(question) {
  const marked = mine.value?.marks[question.id];
  if (marked) return marked.mark === "right" || marked.mark === "half" ? "is-right" : marked.mark === "wrong" || marked.mark === "none" ? "is-wrong" : "is-unknown";
  const { is } = answer_to(question);
  if (is === "sending" || is === "waiting" || unsent(question) !== undefined) return "is-sent";
  return is === "saved" ? "is-done" : "is-empty";
}
