/** How people come in: the code, the address, the QR code, the screen's address; and which of this server's addresses they are told. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "/browser/words.js";
import { bare, print_address } from "../parts/addresses.js";
import { Choice } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { Qr } from "../parts/qr.js";
import { spaced } from "../parts/pin.js";
import { ask, rows } from "./asking.js";
import { view } from "./evening.js";
import { Sheet } from "./overlay.js";

/** This server's addresses. @type {import("@preact/signals").Signal<{origin: string, offered: boolean}[]>} */
export const addresses = signal([]);

/** The address that people are told. */
export const offered = () => addresses.value.find((each) => each.offered)?.origin ?? location.origin;

export async function learn_addresses() {
  addresses.value = (await rows("addresses"))?.rows ?? addresses.value;
}

export function InvitationSheet() {
  useEffect(() => void learn_addresses(), []);
  const battle = view.value?.battle;
  if (!battle) return null;
  const join = `${offered()}/j/${battle.pin}`;
  return html`<${Sheet} title=${t("invitation")}><div class="invitation">
    <${Qr} text=${join} label=${join} />
    <div><p class="quiet">${t("pin")}</p><p class="big-pin">${spaced(battle.pin)}</p>
      <p class="quiet">${t("invitation.address")}</p><p class="address is-big">${bare(offered())}</p>
      <p class="quiet">${t("invitation.screen")}</p><p class="address is-big">${bare(offered())}/screen</p>
      <a class="button button-primary" href=${print_address(battle.id)} target="_blank" rel="noopener">${t("print.poster")}</a></div></div>
    ${
      addresses.value.length > 1 &&
      html`<${Choice}
          label=${t("invitation.other")}
          options=${addresses.value.map(({ origin }) => [origin, bare(origin)])}
          value=${offered()}
          choose=${offer}
        />
        <p class="hint">${t("invitation.other.hint")}</p>`
    }</${Sheet}>`;
}

/** @param {string} origin */
async function offer(origin) {
  if (await ask("OfferAddress", { origin })) await learn_addresses();
}
