/** How the connection is: quiet while all is well, and since when it is not. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";

const LOOKS = { on: "link-ok", slow: "link-slow", connecting: "link-slow", off: "link-lost", ended: "link-lost" };

/** @param {{session: import("/browser/session.js").Session}} props */
export function Connection({ session }) {
  const { state } = session.link_state.value;
  const way = state === "on" ? session.clock.way() : undefined;
  const look = LOOKS[/** @type {keyof typeof LOOKS} */ (state)];
  return html`<span class=${`link ${look}`} role="status"
    >${t(`link.${state}`)}${way === undefined ? "" : t("link.way", { n: way })}</span
  >`;
}
