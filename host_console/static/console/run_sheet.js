/** The evening from above: its rounds, the questions of the one being played, where we are. */
import { useEffect, useRef } from "preact/hooks";
import { local, number, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { round_at, view } from "./evening.js";
import { look_at, was_asked } from "./questions.js";

const AFTER = new Set(["round_end", "final", "finished"]);

export function RunSheet() {
  const here = useRef(/** @type {HTMLElement | null} */ (null));
  const { run_sheet, question } = view.value ?? { run_sheet: [] };
  useEffect(() => here.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [question?.id]);
  const opened = Math.max(round_at.value, 0);
  return html`<nav class="run-sheet" aria-label=${t("run_sheet")} ref=${here}>
    <ol>
      ${run_sheet.map(
        (/** @type {any} */ row, /** @type {number} */ at) =>
          html`<li key=${row.id} class=${at === opened ? "is-now" : ""}>
            <div class="round"><${Title} row=${row} at=${at} opened=${at === opened} /><small>${round_state(row, at === opened)}</small></div>
            ${
              at === opened &&
              html`<ol class="steps">
                ${row.questions.map((/** @type {any} */ each, /** @type {number} */ n) => html`<${Step} each=${each} n=${n} />`)}
              </ol>`
            }
          </li>`,
      )}
    </ol>
  </nav>`;
}

/** A round that is folded and was played is a way to its questions. @param {{row: any, at: number, opened: boolean}} props */
function Title({ row, at, opened }) {
  const title = `${at + 1}. ${local(row.title)}`;
  const asked = row.questions.find(was_asked);
  if (opened || !asked) return html`<span>${title}</span>`;
  return html`<button type="button" class="to-question" onClick=${() => look_at(asked.id)}>${title}</button>`;
}

/** @param {any} row @param {boolean} opened */
function round_state(row, opened) {
  if (row.ended) return t("round.ended");
  return opened ? "" : t("questions", { n: row.questions.length });
}

/** @param {{each: any, n: number}} props */
function Step({ each, n }) {
  const shown = view.value;
  const now = shown?.question?.id === each.id && !AFTER.has(shown?.phase);
  const text = local(shown?.asks[each.id].text);
  const gone = { voided: "gone", to_come: "" }[/** @type {string} */ (each.is)] ?? "done";
  return html`<li class=${now ? `now ${gone === "gone" ? "gone" : ""}` : gone} aria-current=${now ? "step" : undefined}>
    ${
      was_asked(each)
        ? html`<button type="button" class="to-question one-line" title=${text} onClick=${() => look_at(each.id)}>${n + 1}. ${text}</button>`
        : html`<span class="one-line" title=${text}>${n + 1}. ${text}</span>`
    }
    <small>${now ? t(`now.${shown?.phase}`) : fate(each)}</small>
  </li>`;
}

/** How it went, or how long it will take. @param {any} each */
function fate(each) {
  const { results, asks } = /** @type {Record<string, any>} */ (view.value);
  const fell = results[each.id];
  if (each.is === "to_come") return t("seconds.short", { n: asks[each.id].seconds });
  return fell?.answered && each.is !== "voided"
    ? `${number(Math.round((100 * fell.right) / fell.answered))}\u00a0%`
    : t(`question.${each.is}`);
}
