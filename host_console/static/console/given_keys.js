/** The keys that desks and screens of this battle were given, and the way to take one back. */
import { useEffect, useState } from "preact/hooks";
import { t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { ask, rows } from "./asking.js";
import { view } from "./evening.js";
import { tell } from "./notices.js";
import { TwiceButton } from "./twice_button.js";

/** @typedef {{key: string, role: "desk" | "screen", venue?: string, since: number, connected: boolean}} Given */

export function GivenKeys() {
  const [given, show] = useState(/** @type {Given[]} */ ([]));
  const look = async () => show((await rows("keys"))?.rows ?? []);
  useEffect(() => void look(), []);
  const revoke = async (/** @type {string} */ key) => {
    if (await ask("RevokeStaff", { key })) tell(t("key.told"));
    look();
  };
  if (!given.length) return null;
  return html`<section class="screens"><h3>${t("keys.given")}</h3><ul class="lines">
    ${given.map((each) => html`<${Row} key=${each.key} each=${each} revoke=${() => revoke(each.key)} />`)}
  </ul></section>`;
}

/** @param {{each: Given, revoke: () => void}} props */
function Row({ each, revoke }) {
  const name = each.venue && view.value?.venues[each.venue]?.name;
  return html`<li class="signed-in">
    <p><b>${each.role === "desk" ? t("key.desk", { venue: name }) : name || t("key.screen")}</b>
      <small>${t("since", { time: time_of_day(each.since) })}${each.connected && `, ${t("consoles.here")}`}</small></p>
    <${TwiceButton} name=${`revoke ${each.key}`} words=${t("key.revoke")} act=${revoke} />
  </li>`;
}
