/** What an evening came to, to be taken away: on paper for a wall, and as files for spreadsheets, sites and other programs. */
import { local, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { results_address } from "../parts/addresses.js";
import { FileButton } from "../parts/file_button.js";
import { session, view } from "./evening.js";
import { Sheet } from "./overlay.js";

/** Forms and how their files end. @type {[import("../parts/saved_file.js").Wish["form"], string][]} */
const FORMS = [
  ["xlsx", "xlsx"],
  ["csv", "csv"],
  ["masks", "csv"],
  ["json", "json"],
];

export function ResultsSheet() {
  const shown = /** @type {Record<string, any>} */ (view.value);
  const open = what_is_open(shown);
  return html`<${Sheet} title=${t("results")}>
    <p class=${`results-state ${open ? "is-open" : ""}`}><${Icon} name=${open ? "clock" : "check"} /><span><b>${t(open ? "results.provisional" : "results.final")}</b>${open && ` ${open}`}</span></p>
    <div class="results-ways">
      <a class="results-wall" href=${results_address(shown.battle.id)} target="_blank" rel="noopener" data-first>
        <${Sketch} />
        <span><b>${t("results.wall")}</b><span>${t("results.wall.how")}</span></span>
      </a>
      <ul class="results-files">
        ${FORMS.map(
          ([form, ending]) =>
            html`<li key=${form}>
              <b>${t(`results.form.${form}`)}</b><span>${t(`results.form.${form}.how`)}</span>
              <${FileButton} session=${session} wish=${{ what: "results", form }} name=${`${local(shown.battle.title)}, ${t(`results.file.${form}`)}.${ending}`} label=${t("results.save")} />
            </li>`,
        )}
      </ul>
    </div>
  </${Sheet}>`;
}

/** Why it may still change, as far as a console sees; "" if nothing is open. @param {Record<string, any>} shown */
function what_is_open({ phase, attention }) {
  if (phase !== "finished") return t("results.open.playing");
  const sheets = attention.sheets.reduce((/** @type {number} */ all, /** @type {any} */ each) => all + each.count, 0);
  if (sheets) return t("results.open.sheets", { n: sheets });
  return attention.disputes.count || attention.judge.count ? t("results.open.judging") : "";
}

/** A page as it will hang there. */
function Sketch() {
  const rows = [0, 1, 2, 3, 4, 5, 6, 7];
  return html`<svg class="results-sketch" viewBox="0 0 84 118" aria-hidden="true">
    <path class="page" d="M.75.75h82.5v116.5H.75Z" />
    <path class="solid" d="M8 10h34v8H8Z M8 23h52v2.5H8Z" />
    <path class="line" d="M8 32h68" />
    ${rows.map((row) => html`<path key=${row} class=${row < 3 ? "solid" : "soft"} d=${`M8 ${37 + row * 9.5}h6v6h-6Z`} /><path key=${`l${row}`} class="soft" d=${`M18 ${38.5 + row * 9.5}h${34 - ((row * 7) % 13)}v3H18Z M68 ${38.5 + row * 9.5}h8v3h-8Z`} />`)}
  </svg>`;
}
