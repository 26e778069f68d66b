/** A host's name and password, and why they were not taken: what was typed stays, but for the password. */
import { useEffect, useRef, useState } from "preact/hooks";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { PasswordSignIn, has_names, is_plain } from "./password.js";

/** @param {{session: import("/browser/session.js").Session}} props */
export function PasswordLines({ session }) {
  const [sign_in] = useState(() => new PasswordSignIn(session));
  const [name, call] = useState("");
  const [password, type] = useState("");
  const first = useRef(/** @type {HTMLInputElement | null} */ (null));
  const secret = useRef(/** @type {HTMLInputElement | null} */ (null));
  const { asks: is_asked, why } = sign_in.state.value;
  const { state } = session.link_state.value;
  const asks = is_asked && state !== "ended"; // then nobody answers any more, and it may be asked again
  useEffect(() => first.current?.focus(), []);
  useEffect(() => void (why && secret.current?.focus()), [why]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!password || asks) return;
    type("");
    sign_in.ask(name.trim(), password);
  };
  return html`<form class="password-lines" onSubmit=${submit}>
    ${has_names && html`<label class="label">${t("sign_in.name")}<input class="input" ref=${first} value=${name} autocomplete="username" maxlength="40" spellcheck=${false} onInput=${(/** @type {any} */ event) => call(event.target.value)} /></label>`}
    <label class="label"
      >${t("sign_in.password")}
      <input
        class="input"
        ref=${(/** @type {HTMLInputElement | null} */ line) => ((secret.current = line), has_names || (first.current = line))}
        type="password"
        value=${password}
        autocomplete="current-password"
        maxlength="128"
        aria-invalid=${Boolean(why)}
        onInput=${(/** @type {any} */ event) => type(event.target.value)}
    /></label>
    ${why && html`<p class="error" role="alert"><${Icon} name="alert" />${sentence(why)}</p>`}
    <button class="button button-primary" disabled=${!password || asks}>${t(!asks ? "sign_in.enter" : state === "off" ? "link.off" : "sign_in.asks")}</button>
    ${is_plain && html`<p class="hint">${t("sign_in.plain")}</p>`}
  </form>`;
}

/** @param {string} why */
function sentence(why) {
  return why === "wrong_password" && has_names ? t("sign_in.wrong_of_two") : because({ code: why });
}
