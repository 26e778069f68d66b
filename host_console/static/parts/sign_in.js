/** Who is nobody yet: a host has a password or a key, a desk has a key; where they are found, and a line to put each in. */
import { t } from "/browser/words.js";
import { Icon, Wordmark } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { Line } from "./controls.js";
import { HalfSection } from "./half_section.js";
import { Languages } from "./languages.js";
import { is_asked, is_open } from "./password.js";
import { PasswordLines } from "./password_lines.js";

/** @param {{who: "host" | "desk", why: string, session: import("/browser/session.js").Session}} props */
export function SignIn({ who, why, session }) {
  const by_password = who === "host" && is_asked;
  return html`<main class="sign-in">
    <header class="sign-in-field">
      <${Wordmark} label=${t("product")} /><${Languages} /><${HalfSection} />
      <h1>${t(`sign_in.${who}`)}</h1>
    </header>
    <div class="sign-in-ways">
      ${why && html`<p class="error" role="alert"><${Icon} name="alert" />${t(`sign_in.${who}.${why}`)}</p>`}
      ${by_password && (is_open ? html`<p class="sign-in-note">${t("refused.open_line")}</p>` : html`<${PasswordLines} session=${session} />`)}
      <section class=${by_password ? "sign-in-key is-second" : "sign-in-key"}>
        <${Line}
          label=${t(by_password ? "sign_in.or_key" : "sign_in.key")}
          verb=${t("sign_in.enter")}
          act=${(/** @type {string} */ typed) => enter(session, typed.replace(/^.*#/, ""))}
          hint=${t(`sign_in.${who}.where`)}
          first=${!by_password}
          input=${{ type: "password", autocomplete: "off", spellcheck: false }}
        />
      </section>
    </div>
  </main>`;
}

/** @param {import("/browser/session.js").Session} session @param {string} key */
function enter(session, key) {
  session.keep(key);
  session.start_over();
}
