/** Before the grid: nothing to do yet, the teams still write, and the one button that says that they no longer do. */
import { signal } from "@preact/signals";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { ByPhone } from "./by_phone.js";
import { declare } from "./collected.js";
import { is_away } from "./place.js";
import { DeskPrint } from "./print.js";
import { scope, scope_id, view } from "./room.js";
import { DeskTable } from "./table_file.js";

/** Asked twice: after it nobody may write, and the answers are on this table. */
const sure = signal(false);
/** @type {import("@preact/signals").Signal<any>} */
const failed = signal(null);

export function Collect() {
  const here = scope.value;
  if (!here) return html`<${Word} head=${t("desk.early")} text=${t("desk.early.how", { n: view.value?.teams ?? 0 })} />`;
  if (here.collected) return html`<${ByPhone} />`;
  if (!here.closed && !is_away.value) return html`<${Word} head=${t("desk.writing")} text=${t("desk.writing.how")} />`;
  if (!here.expected) return html`<${Word} head=${t("desk.nobody")} text=${t("desk.nobody.how")} />`;
  return html`<main class="collect">
    <h2>${t("collect.head", { n: here.expected })}</h2>
    <p>${t(is_away.value ? "collect.how.away" : "collect.how")}</p>
    ${
      sure.value
        ? html`<div class="collect-sure">
            <button type="button" class="button button-primary" onClick=${collect}>
              ${t("collect.sure", { n: here.expected })}
            </button>
            <button type="button" class="button" onClick=${() => (sure.value = false)}>${t("collect.not_yet")}</button>
          </div>`
        : html`<button type="button" class="button button-primary" onClick=${() => (sure.value = true)}>${t("collect")}</button>`
    }
    ${failed.value && html`<p class="error" role="alert"><${Icon} name="alert" />${because(failed.value)}</p>`}
  </main>`;
}

/** @param {{head: string, text: string}} props */
function Word({ head, text }) {
  return html`<main class="collect">
    <h2>${head}</h2>
    <p>${text}</p>
    <${DeskPrint} /><${DeskTable} />
  </main>`;
}

async function collect() {
  failed.value = await declare(scope_id.value);
  sure.value = false;
}
