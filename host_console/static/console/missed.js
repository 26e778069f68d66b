/** Answers that were in time and came after the seal: the host may let each of them count. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { said_words } from "../parts/question.js";
import { ask, rows } from "./asking.js";
import { place_of, session, view } from "./evening.js";
import { tell } from "./notices.js";
import { Sheet, lay, lift } from "./overlay.js";

/** @typedef {{question: string, opening: number, count: number}} Missed */

/** What the server told last, by question and opening. @type {import("@preact/signals").Signal<Record<string, Missed>>} */
export const missed = signal({});
let of_battle = "";
session.on("welcome", (welcome) => {
  if (welcome.battle !== of_battle) missed.value = {};
  of_battle = welcome.battle;
});
session.on("missed", (told) => (missed.value = { ...missed.value, [`${told.question} ${told.opening}`]: told }));

export function MissedItems() {
  return Object.values(missed.value)
    .filter((each) => each.count > 0)
    .map(
      (each) =>
        html`<article key=${`${each.question} ${each.opening}`} class="item item-warn">
          <h3>${t("missed", { n: each.count })}<small>${t("question.n", { n: place_of(each.question).number })}</small></h3>
          <p>${t("missed.why")}</p>
          <div class="item-actions">
            <button type="button" class="button" onClick=${() => lay("missed", each)}>${t("missed.open")}</button>
          </div>
        </article>`,
    );
}

/** @param {{which: Missed}} props */
export function MissedSheet({ which }) {
  const [found, show] = useState(/** @type {any[] | null} */ (null));
  const { question, opening } = which;
  useEffect(() => void rows("missed", { question, opening }).then((page) => show(page?.rows ?? [])), [question, opening]);
  const asked = view.value?.question?.id === question ? view.value?.question : null;
  const admit = async (/** @type {any} */ row) => {
    if (!(await ask("AdmitMissed", { question, opening, answer: row.answer }))) return;
    const rest = (found ?? []).filter((each) => each !== row);
    show(rest);
    tell(t("missed.told", { team: row.name }), "right");
    if (!rest.length) lift();
  };
  return html`<${Sheet} title=${t("missed", { n: found?.length ?? which.count })} wide=${false}><p class="quiet">${t("missed.why")}</p>
    <ul class="lines">${(found ?? []).map(
      (row) =>
        html`<li key=${row.answer}>
          <b class="one-line">${row.name}</b><span>${asked ? said_words(asked, row.value) : ""}</span>
          <button type="button" class="button" onClick=${() => admit(row)}>${t("missed.admit")}</button>
        </li>`,
    )}</ul></${Sheet}>`;
}
