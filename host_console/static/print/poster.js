/** A poster for the door: the code, the address, the QR code, three steps. */
import { local, t } from "/browser/words.js";
import { Wordmark } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { Art } from "/browser/parts/pictures.js";
import { bare } from "../parts/addresses.js";
import { spaced } from "../parts/pin.js";
import { Qr } from "../parts/qr.js";

/** @param {{battle: any, origin: string}} props */
export function Poster({ battle, origin }) {
  const language = battle.language;
  const say = (/** @type {string} */ key) => t(key, {}, language);
  return html`<section class="a4 poster" lang=${language}>
    <header>
      <${Wordmark} label=${say("battle")} />
      <h1>${local(battle.title, language)}</h1>
    </header>
    <div class="poster-art"><${Art} art=${battle.theme.art} wide /></div>
    <div class="poster-join">
      <${Qr} text=${`${origin}/j/${battle.pin}`} label=${say("poster.qr")} />
      <div>
        <small>${say("poster.pin")}</small>
        <p class="poster-pin">${spaced(battle.pin)}</p>
        <small>${say("poster.address")}</small>
        <p class="poster-address">${bare(origin)}</p>
      </div>
    </div>
    <ol class="poster-steps">
      <li>${say("poster.one")}</li>
      <li>${say("poster.two")}</li>
      <li>${say("poster.three")}</li>
    </ol>
  </section>`;
}
