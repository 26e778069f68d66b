/** How long the break shall be. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { ask } from "./asking.js";
import { Sheet, lift } from "./overlay.js";

const MINUTES = [3, 5, 10, 15, 20, 30];

export function BreakSheet() {
  const start = async (/** @type {number} */ minutes) => {
    lift();
    await ask("StartBreak", { seconds: minutes * 60 });
  };
  return html`<${Sheet} title=${t("action.break")} wide=${false}><p class="quiet">${t("break.how")}</p>
    <div class="minutes">${MINUTES.map((each, at) => html`<button key=${each} type="button" class="button" data-first=${at === 1 || undefined} onClick=${() => start(each)}><b>${each}</b>${t("minutes", { n: each })}</button>`)}</div></${Sheet}>`;
}
