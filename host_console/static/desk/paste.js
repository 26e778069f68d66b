/** Marks from the clipboard: written at once into empty cells; where something stands or does not fit, it is shown before it is written. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";
import { mark_words } from "../parts/history.js";
import { column_words } from "./cell_words.js";
import { columns, cursor } from "./cursor.js";
import { take_keys } from "./focus.js";
import { finish, takes_number, write_all } from "./marking.js";
import { read } from "./pasted.js";
import { key, question_of } from "./room.js";
import { cell, teams } from "./sheet.js";

const MOST_SHOWN = 12;

/** @typedef {import("./pasted.js").Entry} Entry */
/** @type {import("@preact/signals").Signal<{entries: Entry[], unfit: import("./pasted.js").Unfit[]} | null>} */
const shown = signal(null);

export function listen_to_paste() {
  addEventListener("paste", (event) => {
    if (!key.value.length || (event.target instanceof Element && event.target.closest("input, [role=dialog]"))) return;
    event.preventDefault();
    take_keys();
    if (finish()) take(event.clipboardData?.getData("text/plain") ?? "");
  });
}

/** @param {string} text */
function take(text) {
  const { entries, unfit } = read(text, teams.value, columns().map(column), cursor.value);
  if (unfit.length || entries.some(stands)) shown.value = { entries: entries.filter(is_news), unfit };
  else write_all(entries);
}

/** @param {string} id */
function column(id) {
  const asked = question_of(id);
  return { id, takes_number: takes_number(id), takes_text: Boolean(asked?.takes_text), voided: Boolean(asked?.voided) };
}

/** @param {Entry} entry */
const is_news = ({ team, question, value }) => cell(team, question).value !== value;

/** True where another mark would be written over. @param {Entry} entry */
function stands(entry) {
  return is_news(entry) && cell(entry.team, entry.question).state !== "empty";
}

/** Enter writes, Escape does not. */
export function AskPaste() {
  if (!shown.value) return null;
  const { entries, unfit } = shown.value;
  const over = entries.filter(stands);
  const close = () => (shown.value = null);
  const write = () => (close(), write_all(entries));
  return html`<${Dialog} title=${t("paste")} close=${close}>
    ${unfit.length > 0 && html`<h3>${t("paste.unfit", { n: unfit.length })}</h3><ul class="pasted">${unfit.slice(0, MOST_SHOWN).map((each) => html`<li key=${each.line}>${t("paste.line", { n: each.line })} ${t(`paste.${each.code}`, { said: each.detail })}</li>`)}</ul>${more(unfit.length)}`}
    ${over.length > 0 && html`<h3>${t("paste.over", { n: over.length })}</h3><ul class="pasted">${over.slice(0, MOST_SHOWN).map((entry) => html`<${Over} key=${`${entry.team} ${entry.question}`} entry=${entry} />`)}</ul>${more(over.length)}`}
    ${entries.length > 0 && html`<button type="button" class="button button-primary" data-first onClick=${write}>${t("paste.write", { n: entries.length })}</button>`}
  </${Dialog}>`;
}

/** @param {{entry: Entry}} props */
function Over({ entry: { team, question, value } }) {
  const name = teams.value.find((row) => row.team === team)?.name;
  const seen = cell(team, question);
  const before = [...new Set(seen.present.map((each) => mark_words(each.value)))].join("\u2009/\u2009");
  return html`<li>${t("quoted", { said: name })}, ${column_words(question)}: <s>${before}</s> → <b>${mark_words(value)}</b></li>`;
}

/** @param {number} n */
function more(n) {
  return n > MOST_SHOWN && html`<p>${t("paste.more", { n: n - MOST_SHOWN })}</p>`;
}
