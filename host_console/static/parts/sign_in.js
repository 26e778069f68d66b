/** Who has no key yet: what a key is, where it is found, and a line to put it in. */
import { t } from "/browser/words.js";
import { Line } from "./controls.js";
import { Icon, Mark } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";

/** @param {{who: "host" | "desk", why: string, enter: (key: string) => void}} props */
export function SignIn({ who, why, enter }) {
  return html`<main class="sign-in light">
    <${Mark} />
    <h1>${t(`sign_in.${who}`)}</h1>
    ${why && html`<p class="error" role="alert"><${Icon} name="alert" />${t(`sign_in.${who}.${why}`)}</p>`}
    <p>${t(`sign_in.${who}.where`)}</p>
    <${Line}
      label=${t("sign_in.key")}
      verb=${t("sign_in.enter")}
      act=${(/** @type {string} */ typed) => enter(typed.replace(/^.*#/, ""))}
      input=${{ type: "password", autocomplete: "current-password", spellcheck: false }}
    />
  </main>`;
}
