/** Two that are one: which of them stays, and what becomes of the other. Nothing brings them apart again, so it is said before. */
import { useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";

/**
 * @typedef {{id: string, name: string, about: string}} One
 * @param {object} props
 * @param {[One, One]} props.pair the second one stays unless somebody says otherwise
 * @param {string} [props.must] the only one that can stay
 * @param {(gone: One, stays: One) => void} props.merge
 * @param {() => void} props.back they are two after all
 */
export function WhichStays({ pair, must, merge, back }) {
  const [chosen, choose] = useState(must ?? pair[1].id);
  const [stays, gone] = pair[0].id === chosen ? pair : [pair[1], pair[0]];
  return html`<div class="which-stays">
    <div role="radiogroup" aria-label=${t("merge.which")}>
      <span class="label">${t("merge.which")}</span>
      ${pair.map(
        (each) => html`<button key=${each.id} type="button" role="radio" class="stay" aria-checked=${each === stays} disabled=${must !== undefined && each.id !== must} onClick=${() => choose(each.id)}>
          <${Icon} name=${each === stays ? "check" : "cross"} /><span><b>${each.name}</b><small>${each.about}</small></span>
        </button>`,
      )}
    </div>
    <button type="button" class="button button-primary" onClick=${() => merge(gone, stays)}>${t("merge.do", { team: stays.name })}</button>
    <button type="button" class="button button-quiet" onClick=${back}>${t("merge.back")}</button>
    <p class="hint">${t("merge.what")}</p>
  </div>`;
}
