/** What can be printed for a venue, or for all of them: sheets with their spares, the list for the door, cards for teams on phones. */
import { useState } from "preact/hooks";
import { local, t } from "/browser/words.js";
import { Choice } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { PrintButton } from "../parts/print_button.js";
import { ask } from "./asking.js";
import { session, view } from "./evening.js";

const SPARES = [0, 2, 5, 10, 20];

/** @param {{venue: string | null}} props null: all venues */
export function PrintJobs({ venue }) {
  const [round, choose] = useState(/** @type {number | null} */ (null));
  const [spares, add] = useState(2);
  const rounds = /** @type {any[]} */ (view.value?.run_sheet ?? []);
  const name = venue ? view.value?.venues[venue].name : t("venues.all");
  const job = (/** @type {string} */ what) => ({ session, name: `${t(`print.${what}`)}, ${name}`, label: t(`print.${what}`) });
  return html`<div class="card-job">
    ${
      rounds.length > 1 &&
      html`<${Choice}
        label=${t("round")}
        options=${[[null, t("print.all_rounds")], ...rounds.map((row, n) => [n, `${n + 1}. ${local(row.title)}`])]}
        value=${round}
        choose=${choose}
      />`
    }
    <${Choice} label=${t("print.spare")} options=${SPARES.map((each) => [each, String(each)])} value=${spares} choose=${add} />
    <p class="hint">${t("print.spare.how")}</p>
    <div class="print-jobs">
      <${PrintButton}
        ...${job("sheets")}
        look="button-primary"
        wish=${{ what: "sheets", venue, round, spares }}
        before=${() => reserve(venue, spares)}
      />
      <${PrintButton} ...${job("list")} wish=${{ what: "list", venue }} />
      <${PrintButton} ...${job("cards")} wish=${{ what: "cards", venue }} />
    </div>
  </div>`;
}

/** Spares have numbers before they are printed; a venue that has enough keeps its own. @param {string | null} venue @param {number} count */
async function reserve(venue, count) {
  const venues = Object.entries(/** @type {Record<string, any>} */ (view.value?.venues ?? {}));
  for (const [id, { spares }] of venues)
    if ((!venue || id === venue) && spares < count && !(await ask("ReserveSpares", { venue: id, count }))) return null;
  return {};
}
