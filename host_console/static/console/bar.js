/** Above everything: which battle, its code, who is here, how the connection is, what time it is. */
import { computed } from "@preact/signals";
import { local, number, t } from "/browser/words.js";
import { Icon, Mark } from "/browser/parts/drawings.js";
import { Connection } from "../parts/connection.js";
import { html } from "/browser/parts/html.js";
import { Languages } from "../parts/languages.js";
import { spaced } from "../parts/pin.js";
import { now_ms, session, view } from "./evening.js";
import { lay } from "./overlay.js";

const time = computed(() =>
  new Date(now_ms.value || Date.now()).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
);

export function Bar() {
  const shown = view.value;
  if (!shown)
    return html`<header class="console-bar">
      <div><${Mark} />${t("console")}</div>
      <${Languages} />
    </header>`;
  const { counts, battle } = shown;
  return html`<header class="console-bar">
    <button type="button" class="bar-title" onClick=${() => lay("battles")} title=${t("battles.all")}>
      <${Mark} /><span class="one-line">${local(battle.title)}</span>
    </button>
    <button type="button" onClick=${() => lay("invitation")}><small>${t("pin")}</small><b>${spaced(battle.pin)}</b></button>
    <button type="button" onClick=${() => lay("teams")}>
      <${Icon} name="phone" /><span><b>${number(counts.online)}</b> ${t("online")}</span>
    </button>
    <button type="button" onClick=${() => lay("venues")}><${Icon} name="sheet" /><span>${sheets(counts)}</span></button>
    <div><${Connection} session=${session} /></div>
    <div class="bar-time">
      <b><${Time} /></b>
    </div>
    <${Languages} />
  </header>`;
}

function Time() {
  return html`${time.value}`;
}

/** @param {Record<string, any>} counts */
function sheets({ sheets, paper }) {
  return sheets?.of
    ? html`<b>${number(sheets.in)}</b> ${t("of_sheets", { n: sheets.of })}`
    : html`<b>${number(paper)}</b> ${t("in_venues")}`;
}
