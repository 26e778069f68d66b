/** What the host reads over the phone to a desk that has collected and has no network. Shown on request, and never to a screen. */
import { useState } from "preact/hooks";
import { local, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { ask } from "./asking.js";

/** @typedef {{scope: string, number: number, title: any, slip?: number, code: string}} Code */

/** @param {{venue: string}} props */
export function PhoneCodes({ venue }) {
  const [codes, show] = useState(/** @type {Code[] | null} */ (null));
  const look = async () => show((await ask("ShowPhoneCodes", { venue }))?.codes ?? null);
  return html`<section class="card-job phone-codes">
    <h4>${t("phone_codes")}</h4>
    <p class="quiet">${t("phone_codes.why")}</p>
    ${codes === null && html`<button type="button" class="button" onClick=${look}>${t("phone_codes.show")}</button>`}
    ${codes?.length === 0 && html`<p role="status">${t("phone_codes.none")}</p>`}
    ${codes && codes.length > 0 && html`<ul>${codes.map((each) => html`<li key=${each.scope}><span>${round_words(each)}</span><code>${each.code}</code></li>`)}</ul>`}
  </section>`;
}

/** "Раунд 2, «…»". @param {{number: number, title: any, slip?: number}} scope */
export function round_words({ number, title, slip }) {
  const round = t("desk.round", { n: number, title: local(title) });
  return slip ? `${round}, ${t("phone_codes.slip", { n: slip })}` : round;
}
