/** A desk prints its own venue's sheets and list: the host may be in another town. What is on the table it prints without a server. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { PrintButton } from "../parts/print_button.js";
import { is_away } from "./place.js";
import { key, session, view } from "./room.js";

export function DeskPrint() {
  const { id, name, spares } = view.value?.venue ?? {};
  const job = (/** @type {string} */ what) => ({ session, name: `${t(`print.${what}`)}, ${name}`, label: t(`print.${what}`) });
  return html`<section class="box only-wide desk-print">
    <h2>${t("print")}</h2>
    ${key.value.length > 0 && html`<button type="button" class="button" onClick=${() => print()}>${t("print.table")}</button>`}
    ${is_away.value ? html`<p>${t("print.away")}</p>` : html`<${FromServer} ...${{ job, id, spares }} />`}
  </section>`;
}

/** @param {{job: (what: string) => any, id: string, spares: number}} props */
function FromServer({ job, id, spares }) {
  return html`<${PrintButton} ...${job("sheets")} wish=${{ what: "sheets", venue: id, spares }} />
    <${PrintButton} ...${job("list")} wish=${{ what: "list", venue: id }} />`;
}
