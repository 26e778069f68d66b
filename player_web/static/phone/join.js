/** The way in: the code from the screen (or none, from the QR), the team's name, go. */
import { html } from "/browser/parts/html.js";
import { Icon, Mark, Wordmark } from "/browser/parts/drawings.js";
import { Art } from "/browser/parts/pictures.js";
import { because, local, t } from "/browser/words.js";
import { busy, code, fault, found, grouped, is_mate, knock, name, pin, type_pin } from "./door.js";
import { LinkState, Speech } from "./top.js";

export function Join() {
  return html`<main class="phone is-join">
    <${Cover} />
    <form class="phone-body" noValidate onSubmit=${submit}>
      <${Field} id="pin" label=${t("join.pin")} input=${PinInput} />
      ${is_mate.value
        ? html`<${Field} id="code" label=${t("join.code")} hint=${t("join.code_hint")} input=${CodeInput} />`
        : html`<${Field} id="name" label=${t("join.name")} hint=${t("join.name_hint")} input=${NameInput} />`}
      <span class="spacer" />
      <${Trouble} />
      <button class="button button-primary" type="submit" aria-busy=${busy.value}>${t(is_mate.value ? "join.go_mate" : "join.go")}</button>
      <button class="button button-quiet" type="button" onClick=${() => (is_mate.value = !is_mate.value)}>
        ${t(is_mate.value ? "join.new_team" : "join.mate")}</button>
    </form>
  </main>`;
}

/** @param {Event} event */
function submit(event) {
  event.preventDefault();
  if (!busy.value) knock();
  if (fault.value?.field) document.getElementById(fault.value.field)?.focus();
}

/** The pack's field with its drawing; the battle's name once it is known. */
function Cover() {
  const battle = found.value;
  return html`<div class="join-top">
    <${Wordmark} label=${t("product")} />
    <div class="join-side"><${Speech} /><${LinkState} /></div>
    ${battle?.theme.art ? html`<${Art} art=${battle.theme.art} />` : html`<span class="art"><${Mark} /></span>`}
    <h1>${battle ? local(battle.title) : t("join.title")}</h1>
  </div>`;
}

/** @param {{id: string, label: string, hint?: string, input: any}} props */
function Field({ id, label, hint, input: Input }) {
  const wrong = fault.value?.field === id;
  return html`<div>
    <label class="label" for=${id}>${label}</label>
    <${Input} id=${id} aria-invalid=${wrong} aria-describedby=${wrong ? `${id}-wrong` : hint && `${id}-hint`} />
    ${wrong ? html`<p class="error" id=${`${id}-wrong`} role="alert"><${Icon} name="alert" /><span>${fault.value?.words()}</span></p>`
    : hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  </div>`;
}

/** @param {Record<string, any>} props */
function PinInput(props) {
  return html`<input class="input pin-input" inputmode="numeric" autocomplete="off" maxlength="7" value=${grouped(pin.value)}
    onInput=${type_in(type_pin, () => grouped(pin.value))} ...${props} />`;
}

/** @param {Record<string, any>} props */
function NameInput(props) {
  return html`<input class="input" autocomplete="off" maxlength="40" enterkeyhint="go" value=${name.value}
    onInput=${type_in((typed) => (name.value = typed))} ...${props} />`;
}

/** @param {Record<string, any>} props */
function CodeInput(props) {
  return html`<input class="input pin-input is-code" autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="6" enterkeyhint="go"
    value=${code.value} onInput=${type_in((typed) => (code.value = typed))} ...${props} />`;
}

/** @param {(typed: string) => void} take @param {() => string} [shown] how it stands in the field then */
function type_in(take, shown) {
  return (/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget: field }) => {
    const at_end = field.selectionStart === field.value.length;
    take(field.value);
    if (shown && at_end) field.value = shown();
  };
}

/** What is wrong with none of the fields. */
function Trouble() {
  const words = fault.value && !fault.value.field ? fault.value.words() : found.value?.locked && !is_mate.value ? because({ code: "lobby_locked" }) : "";
  return words && html`<p class="error" role="alert"><${Icon} name="alert" /><span>${words}</span></p>`;
}
