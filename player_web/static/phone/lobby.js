/** In, and waiting for the beginning: the name, the code for a team-mate's phone, the pack's drawing. */
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { Art } from "/browser/parts/pictures.js";
import { bound, local, t } from "/browser/words.js";
import { stays_awake } from "./awake.js";
import { own, room, team_code } from "./team.js";
import { Top } from "./top.js";

export function Lobby() {
  const { battle } = room();
  return html`<main class="phone is-lobby">
    <${Top} />
    <div class="phone-body">
      <p class="badge badge-right"><${Icon} name="check" />${t("lobby.in")}</p>
      <h1 class="lobby-in">${bound(own().name)}</h1>
      ${team_code.value && html`<${Mate} pin=${battle.pin} code=${team_code.value} />`}
      <div class="art-field"><${Art} art=${battle.theme.art} /></div>
      <p class="wait-line"><b>${local(battle.title)}.</b> ${t("lobby.wait")} ${t(stays_awake.value ? "lobby.awake" : "lobby.keep_lit")}</p>
    </div>
  </main>`;
}

/** How a team-mate's phone comes to the same team. @param {{pin: string, code: string}} props */
function Mate({ pin, code }) {
  return html`<div class="mate">
    <img class="qr" src=${`/qr/${pin}.svg?code=${code}`} alt=${t("lobby.qr")} width="100" height="100" />
    <div><p>${t("lobby.code")}</p><b>${code}</b><p>${t("lobby.shared")}</p></div>
  </div>`;
}
