/** Above the grid: which venue, which sheets, how many are in, what is not sent yet, how the connection is. */
import { local, t } from "/browser/words.js";
import { Icon, Mark } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { Connection } from "../parts/connection.js";
import { Languages } from "../parts/languages.js";
import { offer_file } from "./carried.js";
import { sheets_in } from "./grid.js";
import { known } from "./memory.js";
import { can_open_alone, opens_alone } from "./opens_alone.js";
import { keeper, unsent, unsent_words } from "./outgoing.js";
import { key, next_scope, scope, scopes, session, view } from "./room.js";
import { Sitting } from "./who.js";

export function Head() {
  const shown = view.value;
  return html`<header class="desk-bar">
    <${Mark} />
    <h1>${shown?.venue.name ?? t("desk")}<small>${about()}</small></h1>
    <span class=${`unsent ${unsent.value ? "" : "is-none"}`}><b>${unsent.value}</b>${unsent_words()}</span>
    <${Connection} session=${session} /><${Sitting} />
    ${scopes.value.length > 1 && html`<button type="button" class="button" onClick=${next_scope}>${scope_words()} <kbd class="key">R</kbd></button>`}
    <${Languages} />
  </header>`;
}

/** The round and how far it is. */
function about() {
  const here = scope.value;
  if (!here) return view.value ? local(view.value.battle.title) : "";
  const round = t("desk.round", { n: here.number, title: local(here.title) });
  return key.value.length ? `${round}. ${t("desk.in", sheets_in())}` : round;
}

/** Several scopes of one round are its slips, question by question. */
function scope_words() {
  const here = scope.value;
  const slips = scopes.value.filter(([, each]) => each.round === here?.round);
  return slips.length > 1
    ? t("question.n", { n: slips.findIndex(([, each]) => each === here) + 1 })
    : t("round.n", { n: here?.number });
}

/** Whether the window may be closed while there is no server. */
function how_to_go_on() {
  if (!keeper.lasts) return "desk.offline.stay";
  return opens_alone.value ? "desk.offline.how" : "desk.offline.open";
}

/** What a scorekeeper must know when the network is gone, or when this browser keeps nothing. */
export function Warnings() {
  const { state, since } = session.link_state.value;
  const time = new Date(since).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
  return html`${
    state === "off" &&
    html`<div class="desk-offline" role="status">
      <${Icon} name="offline" />
      <p><b>${t("desk.offline", { time })}</b> ${t(how_to_go_on())}</p>
      <button type="button" class="button" onClick=${offer_file}>${t("carry")}</button>
    </div>`
  }
  ${known.value.collected.length > 0 && state !== "off" && html`<p class="desk-note" role="status">${t("collected.unheard")}</p>`}
  ${!can_open_alone && keeper.lasts && state !== "off" && html`<p class="desk-plain"><${Icon} name="alert" />${t("desk.plain")}</p>`}
  ${
    !keeper.lasts &&
    state !== "off" &&
    html`<div class="desk-offline" role="status">
      <${Icon} name="alert" />
      <p>${t("desk.no_store")}</p>
    </div>`
  }
  ${
    state === "ended" &&
    html`<div class="desk-offline" role="alert">
      <${Icon} name="offline" />
      <p>${t("desk.ended")}</p>
    </div>`
  }`;
}
