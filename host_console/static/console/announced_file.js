/** A table of teams from a file: shown first, with each line that cannot be taken, and taken only then. */
import { because, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Upload, useUpload } from "../parts/upload.js";
import { session } from "./evening.js";

const MOST = 8;

/** @typedef {{new: number, known: number, failed: {tab: string, line: number, code: string, detail: string}[]}} Found */

/** @param {{look: () => Promise<void>}} props */
export function AnnouncedFile({ look }) {
  const { looked, send } = useUpload(session, "/staff/announced");
  const take = async () => {
    if (looked) await send(looked.file, { take: "yes" });
    await look();
  };
  return html`<${Upload}
    look="announced-file"
    label=${t("announced.file")}
    hint=${t("announced.file.how")}
    accept=".xlsx,.csv,.tsv,.txt"
    chosen=${(/** @type {File} */ file) => send(file, { take: "no" })}
    looked=${looked}
  >${looked?.found && html`<${Found} found=${looked.found} take=${looked.asked.take === "no" ? take : null} />`}</${Upload}>`;
}

/** @param {{found: Found, take: (() => void) | null}} props null once it is taken */
function Found({ found, take }) {
  const { failed, new: news, known } = found;
  return html`<p role="status"><b>${t(take ? "announced.file.found" : "announced.file.taken", { n: news, known })}</b></p>
    <ul class="lines">${failed.slice(0, MOST).map((each) => html`<li key=${`${each.tab} ${each.line}`}><span>${t(each.tab ? "announced.file.tab_line" : "announced.file.line", { tab: each.tab, n: each.line })} ${because(each)}</span></li>`)}</ul>
    ${failed.length > MOST && html`<p class="quiet">${t("announced.file.more", { n: failed.length - MOST })}</p>`}
    ${take && news > 0 && html`<button type="button" class="button button-primary" onClick=${take}>${t("announced.file.take", { n: news })}</button>`}`;
}
