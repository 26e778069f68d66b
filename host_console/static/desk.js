/** The desk of a venue: a pile of sheets, one scorekeeper, and a grid that keeps up with them. */
import { render } from "preact";
import { load_words, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Aloud, speak_up } from "./desk/aloud.js";
import { CarriedFile } from "./desk/carried.js";
import { tell_collected } from "./desk/collected.js";
import { Collect } from "./desk/collect.js";
import { place_cursor } from "./desk/cursor.js";
import { follow_evening } from "./desk/evening.js";
import { Grid } from "./desk/grid.js";
import { Head, Warnings } from "./desk/head.js";
import { KeyHelp } from "./desk/key_help.js";
import { listen } from "./desk/keyboard.js";
import { keep_knowing } from "./desk/memory.js";
import { keep_page } from "./desk/opens_alone.js";
import { draw_waiting, start_sending } from "./desk/outgoing.js";
import { forget_done_elsewhere } from "./desk/marking.js";
import { Pad } from "./desk/pad.js";
import { AskPaste, listen_to_paste } from "./desk/paste.js";
import { key, role, session, view } from "./desk/room.js";
import { follow_sheet, loading, teams } from "./desk/sheet.js";
import { Side, WaitingForHost } from "./desk/side.js";
import { Past } from "./desk/past.js";
import { DeskImport } from "./desk/table_file.js";
import { AskWho, keep_seats } from "./desk/who.js";
import { AskWhy } from "./desk/why.js";
import { is_out, out_because } from "./parts/session.js";
import { SignIn } from "./parts/sign_in.js";

function Desk() {
  const link = session.link_state.value;
  if (is_out(session)) return html`<${SignIn} who=${role} why=${out_because(link)} session=${session} />`;
  if (!view.value?.venue) return html`<p class="collect">${t(`link.${link.state}`)}</p>`;
  return html`<${Head} /><${Warnings} /><${WaitingForHost} /><${CarriedFile} /><${Aloud} />${key.value.length ? html`<${Table} />` : html`<${Collect} />`}`;
}

function Table() {
  if (loading.value && !teams.value.length) return html`<p class="collect">${t("loading")}</p>`;
  return html`<main class="desk-main"><${Grid} /><${Side} /></main>
    <${Legend} /><${Pad} /><${AskWho} /><${AskWhy} /><${AskPaste} /><${Past} /><${DeskImport} /><${KeyHelp} />`;
}

function Legend() {
  return html`<footer class="legend">
    <span><i></i>${t("legend.confirmed")}</span><span><i class="l-sent"></i>${t("legend.sent")}</span>
    <span><i class="l-here"></i>${t("legend.here")}</span><span><i class="l-disputed"></i>${t("legend.disputed")}</span
    ><span><i class="l-bad"></i>${t("legend.bad")}</span><span><i class="l-late"></i>${t("legend.late")}</span>
    ${view.value?.double_entry && html`<span><i class="l-once"></i>${t("legend.once")}</span><span><i class="l-twice"></i>${t("legend.twice")}</span>`}
  </footer>`;
}

await load_words("/staff/texts");
keep_knowing();
keep_seats();
await start_sending();
follow_sheet();
draw_waiting();
place_cursor();
listen();
follow_evening();
tell_collected();
listen_to_paste();
forget_done_elsewhere();
speak_up();
if (session.token) session.open();
render(html`<${Desk} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
keep_page();
