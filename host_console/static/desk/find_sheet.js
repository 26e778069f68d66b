/** From a sheet of paper to its row: its number is typed, or read into the line by a scanner of codes, and the cursor is there. */
import { effect, signal } from "@preact/signals";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { go } from "./cursor.js";
import { take_keys } from "./focus.js";
import { key, lay_round, view } from "./room.js";
import { loading, on_phones, teams } from "./sheet.js";
import { read } from "./sheet_number.js";
import { writes_words } from "./typing.js";

/** What is wrong with the number. @type {import("@preact/signals").Signal<{code: string, detail?: string} | null>} */
const wrong = signal(null);
/** The sheet that was asked for and whose row is not here yet. */
const wanted = signal("");
const FIELD = "find-sheet";
const ASKED = "is-asked";
/** On a phone the field is there only while it is wanted. */
const is_asked = signal(false);

/** The key of the field. */
export function look_for() {
  const field = document.getElementById(FIELD);
  if (!(field instanceof HTMLInputElement)) return;
  is_asked.value = true;
  field.form?.classList.add(ASKED); // at once: a hidden field takes no focus, and the next digit would be a mark
  field.select();
  field.focus();
}

function leave() {
  is_asked.value = false;
  wrong.value = null;
  take_keys();
}

export function FindSheet() {
  return html`<form class=${`find-sheet ${is_asked.value ? ASKED : ""}`} onSubmit=${submit}>
    <label for=${FIELD}>${t("sheet.by_number")}</label>
    <input id=${FIELD} class="input input-small" placeholder="4-033-7" autocomplete="off" spellcheck=${false} maxlength="40"
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.code === "Escape" && leave()} />
    <kbd class="key">${writes_words.value ? "Alt N" : "N"}</kbd>
    ${wrong.value && html`<p class="error" role="alert"><${Icon} name="alert" />${because({ ...wrong.value, detail: wrong.value.detail?.replaceAll("-", "\u2011") })}</p>`}
  </form>`;
}

/** @param {Event} event */
function submit(event) {
  event.preventDefault();
  const field = document.getElementById(FIELD);
  if (!(field instanceof HTMLInputElement) || !field.value.trim()) return;
  const said = read(field.value, view.value?.battle.pin);
  if ("code" in said) wrong.value = said;
  else if (!lay_round(said.round)) wrong.value = { code: "round_to_come", detail: String(said.round) };
  else {
    field.value = "";
    leave();
    wanted.value = said.number;
  }
}

/** Once the sheets of its round are here, the cursor is in its first cell; or it is said that there is no such row. */
effect(() => {
  if (!wanted.value || loading.value || !key.value.length) return;
  const row = teams.value.findIndex(({ sheets }) => sheets.includes(wanted.value));
  const team = teams.value[row]?.team;
  if (team) go(row, Math.max(0, key.value.findIndex((question) => !on_phones(team, question.id))));
  wrong.value = team ? null : { code: "no_such_sheet", detail: wanted.value };
  wanted.value = "";
});
