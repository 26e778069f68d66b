/** Who is signed in as a host, on which browsers, and the way to sign them out. */
import { useEffect, useState } from "preact/hooks";
import { t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { ask, rows } from "./asking.js";
import { now_ms } from "./evening.js";
import { tell } from "./notices.js";
import { Sheet } from "./overlay.js";
import { TwiceButton } from "./twice_button.js";

const DAY_MS = 24 * 3_600_000;

/** @typedef {{console: string, since: number, seen: number, connected: boolean, browser?: string, name?: string, this?: boolean}} SignedIn */

export function ConsolesSheet() {
  const [known, show] = useState(/** @type {SignedIn[]} */ ([]));
  const look = async () => show((await rows("consoles"))?.rows ?? []);
  useEffect(() => void look(), []);
  const here = known.find((each) => each.this);
  const end = async (/** @type {string} */ command, /** @type {string} */ console, /** @type {string} */ said) => {
    if (await ask(command, { console })) tell(t(said));
    look();
  };
  return html`<${Sheet} title=${t("consoles")} wide=${false}>
    <ul class="lines is-list">
      ${known.map((each) => html`<${Row} key=${each.console} each=${each} end=${() => end("SignOut", each.console, "consoles.told")} />`)}
    </ul>
    ${here && known.length > 1 && html`<${TwiceButton} name="sign out others" words=${t("consoles.others")} act=${() => end("SignOutOthers", here.console, "consoles.others.told")} />`}
    <p class="quiet keys-safe">${t("consoles.key")}</p>
  </${Sheet}>`;
}

/** @param {{each: SignedIn, end: () => void}} props */
function Row({ each, end }) {
  return html`<li class="signed-in">
    <p>
      <b>${each.name && `${each.name}, `}${each.browser ?? t("consoles.unknown")}</b>${each.this && html` <span class="badge">${t("consoles.this")}</span>`}
      <small>${t("consoles.since", { time: moment(each.since) })}, ${each.connected ? t("consoles.here") : t("consoles.seen", { time: moment(each.seen) })}</small>
    </p>
    <${TwiceButton} name=${`sign out ${each.console}`} words=${t("consoles.out")} act=${end} />
  </li>`;
}

/** The time, and the day where it is not today's. @param {number} at */
function moment(at) {
  const time = time_of_day(at);
  return now_ms.value - at < DAY_MS / 2 ? time : `${new Date(at).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" })}, ${time}`;
}
