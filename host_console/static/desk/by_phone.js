/** Collected without a server: the host reads a code over the phone, and the round's key opens here. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { known, learn } from "./memory.js";
import { LENGTH, in_groups, letters_of, opened } from "./phone_code.js";
import { scope, scope_id, view } from "./room.js";

const typed = signal("");
/** What is wrong with it: a key of the texts, "" while nothing is. */
const wrong = signal("");

export function ByPhone() {
  const here = scope.value;
  const sealed = known.value.evening.find((row) => row.scope === scope_id.value)?.key;
  if (!sealed)
    return html`<main class="collect">
      <h2>${t("by_phone.none")}</h2>
      <p>${t("by_phone.none.how")}</p>
    </main>`;
  const left = LENGTH - letters_of(typed.value).length;
  return html`<main class="collect">
    <h2>${t("by_phone")}</h2>
    <p>${t("by_phone.how", { n: here.number })}</p>
    <form class="by-phone" onSubmit=${(/** @type {Event} */ event) => submit(event, sealed)}>
      <label class="label" for="phone-code">${t("by_phone.code")}</label>
      <input id="phone-code" class="input" value=${typed.value} onInput=${type} maxlength="40" placeholder="7K3M 0QRT 9XWA 2HDE"
        autocomplete="off" autocapitalize="characters" spellcheck=${false} inputmode="text" />
      <button class="button button-primary" disabled=${left !== 0}>${t("by_phone.open")}</button>
      <p class="hint">${left > 0 ? t("by_phone.left", { n: left }) : left < 0 ? t("by_phone.more", { n: -left }) : ""}</p>
    </form>
    ${wrong.value && html`<p class="error" role="alert"><${Icon} name="alert" />${t(wrong.value)}</p>`}
  </main>`;
}

/** @param {Event} event */
function type(event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  wrong.value = "";
  typed.value = field.value;
  if (field.selectionEnd === field.value.length) field.value = typed.value = in_groups(letters_of(field.value));
}

/** @param {Event} event @param {import("./memory.js").SealedKey} sealed */
function submit(event, sealed) {
  event.preventDefault();
  const scope = scope_id.value;
  const key = opened(letters_of(typed.value), sealed, [view.value.battle.id, view.value.venue.id, scope]);
  wrong.value = key ? "" : "by_phone.wrong";
  if (!key) return;
  typed.value = "";
  learn({ keys: { ...known.value.keys, [scope]: key } });
}
