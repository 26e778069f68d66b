/** Which page it is: a function of what the server said. */
import { html } from "/browser/parts/html.js";
import { Icon, Mark, Wordmark } from "/browser/parts/drawings.js";
import { Art } from "/browser/parts/pictures.js";
import { LANGUAGES, because, language, local, speak, t } from "/browser/words.js";
import { correcting, known, look, pin, refused, token } from "./announcement.js";
import { Form } from "./form.js";
import { Own } from "./own.js";

export function Page() {
  return html`<main class="phone is-join is-announce"><${Cover} /><div class="phone-body"><${Body} /></div></main>`;
}

function Body() {
  const battle = known.value;
  if (!battle) return token.value || pin.value ? html`<${Nothing} />` : html`<${AskPin} />`;
  if (battle.said && !correcting.value) return html`<${Own} />`;
  if (battle.said || battle.open) return html`<${Form} key=${battle.said ? "own" : "new"} />`;
  return html`<h2>${t("announce.closed")}</h2><p class="wait-line">${t("announce.closed.what")}</p>`;
}

/** The battle's field with its drawing, as on the way in. */
function Cover() {
  const battle = known.value;
  const other = LANGUAGES.find((each) => each !== language.value) ?? "en";
  return html`<div class="join-top">
    <${Wordmark} label=${t("product")} />
    <div class="join-side"><button class="speech" type="button" lang=${other} aria-label=${t("language", {}, other)} onClick=${() => speak(other)}>${other.toUpperCase()}</button></div>
    ${battle?.theme.art ? html`<${Art} art=${battle.theme.art} />` : html`<span class="art"><${Mark} /></span>`}
    <h1>${battle ? local(battle.title) : t("announce.title")}</h1>
  </div>`;
}

/** Nothing has come yet, or nothing will. */
function Nothing() {
  const why = refused.value;
  if (!why) return html`<p role="status">${t("announce.loading")}</p>`;
  const words = why.code === "unknown_announcement" ? t("announce.unknown") : because(why);
  return html`<p class="error" role="alert"><${Icon} name="alert" /><span>${words}</span></p>
    <button class="button button-primary" type="button" onClick=${look}>${t("announce.again")}</button>`;
}

function AskPin() {
  const go = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const typed = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("pin");
    location.assign(`/announce/${String(typed).replace(/\D/g, "")}`);
  };
  return html`<form class="announce-form" onSubmit=${go}>
    <label class="label">${t("announce.pin")}<input class="input pin-input" name="pin" inputmode="numeric" autocomplete="off" maxlength="7" required /></label>
    <button class="button button-primary">${t("announce.go")}</button>
  </form>`;
}
