/** A table of teams from a file: shown first, with each line that cannot be taken, and taken only then. */
import { useState } from "preact/hooks";
import { because, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { session } from "./evening.js";

const MOST = 8;

/** @typedef {{new: number, known: number, failed: {line: number, code: string, detail: string}[]}} Found */

/** @param {{look: () => Promise<void>}} props */
export function AnnouncedFile({ look }) {
  const [file, choose] = useState(/** @type {File | null} */ (null));
  const [found, show] = useState(/** @type {(Found & {code?: string}) | null} */ (null));
  const read = async (/** @type {File} */ from, /** @type {boolean} */ take) => show(await sent(from, take));
  const chosen = (/** @type {any} */ event) => {
    const [one] = event.target.files;
    if (!one) return;
    choose(one);
    void read(one, false);
  };
  const take = async () => {
    if (file) await read(file, true);
    choose(null);
    await look();
  };
  return html`<section class="announced-file">
    <label class="button">${t("announced.file")}<input type="file" accept=".csv,.tsv,.txt" onChange=${chosen} /></label>
    <p class="hint">${t("announced.file.how")}</p>
    ${found?.code && html`<p class="error" role="alert">${because(/** @type {any} */ (found))}</p>`}
    ${found && !found.code && html`<p role="status"><b>${t(file ? "announced.file.found" : "announced.file.taken", { n: found.new, known: found.known })}</b></p>
      <ul class="lines">${found.failed.slice(0, MOST).map((each) => html`<li key=${each.line}><span>${t("announced.file.line", { n: each.line })} ${because(each)}</span></li>`)}</ul>
      ${found.failed.length > MOST && html`<p class="quiet">${t("announced.file.more", { n: found.failed.length - MOST })}</p>`}
      ${file && found.new > 0 && html`<button type="button" class="button button-primary" onClick=${take}>${t("announced.file.take", { n: found.new })}</button>`}`}
  </section>`;
}

/** @param {File} file @param {boolean} take @returns {Promise<any>} */
async function sent(file, take) {
  const where = `/staff/announced?${new URLSearchParams({ battle: session.welcome.value?.battle, take: take ? "yes" : "no" })}`;
  try {
    return await (await fetch(where, { method: "POST", headers: { Authorization: `Bearer ${session.token}` }, body: file })).json();
  } catch {
    return { code: "offline" };
  }
}
