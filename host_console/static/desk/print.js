/** A desk prints its own venue's sheets and list: the host may be in another town. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { PrintButton } from "../parts/print_button.js";
import { session, view } from "./room.js";

export function DeskPrint() {
  const { id, name, spares } = view.value?.venue ?? {};
  const job = (/** @type {string} */ what) => ({ session, name: `${t(`print.${what}`)}, ${name}`, label: t(`print.${what}`) });
  return html`<section class="box only-wide desk-print">
    <h2>${t("print")}</h2>
    <${PrintButton} ...${job("sheets")} wish=${{ what: "sheets", venue: id, spares }} />
    <${PrintButton} ...${job("list")} wish=${{ what: "list", venue: id }} />
  </section>`;
}
