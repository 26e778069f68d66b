/**
 * What is said aloud to who does not see the page change: how much is unsent, once the hand rests, and each dispute that has come up.
 * Not every key: the cell under the cursor says its own state.
 */
import { effect, signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { column_words } from "./cell_words.js";
import { columns } from "./cursor.js";
import { unsent, unsent_words } from "./outgoing.js";
import { cell, sheet, teams } from "./sheet.js";

const REST_MS = 1_500;

const said = signal("");
let told = 0;
/** @type {Set<string>} */
let disputed = new Set();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waits;

export function Aloud() {
  return html`<p class="visually-hidden" role="status">${said}</p>`;
}

export function speak_up() {
  effect(() => {
    unsent.value;
    for (const { team } of teams.value) sheet(team).value;
    clearTimeout(waits);
    waits = setTimeout(say, REST_MS);
  });
}

function say() {
  const now = new Map(teams.peek().flatMap(disputes_of));
  const news = [...now].flatMap(([where, words]) => (disputed.has(where) ? [] : [words]));
  if (unsent.peek() !== told) news.unshift(unsent.peek() ? `${unsent.peek()} ${unsent_words()}` : t("unsent.none"));
  disputed = new Set(now.keys());
  told = unsent.peek();
  if (news.length) said.value = news.join(". ");
}

/** Where they are, and their words. @param {import("./sheet.js").Row} row @returns {[string, string][]} */
function disputes_of({ team, name }) {
  const those = columns().filter((question) => cell(team, question).state === "disputed");
  return those.map((question) => [`${team} ${question}`, t("dispute.in", { team: name, where: column_words(question) })]);
}
