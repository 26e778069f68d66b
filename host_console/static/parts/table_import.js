/** Marks out of a table: what would be entered and which lines fail is shown first, and only the next press enters anything. */
import { useState } from "preact/hooks";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { Entered, Preview } from "./table_preview.js";
import { Upload, useUpload } from "./upload.js";

/** @typedef {import("./table_preview.js").Found} Found */
/** @typedef {{file: File, found: Found, was_old?: {code: string}, entered?: {entered: number, left_out: number, late: number}}} Seen */

/**
 * @param {object} props
 * @param {import("/browser/session.js").Session} props.session
 * @param {Record<string, string>} [props.asked] who enters it, where the key alone does not say so
 * @param {any} [props.children] what stands there before a file is chosen
 */
export function TableImport({ session, asked = {}, children }) {
  const { looked, send, is_read, forget } = useUpload(session, "/staff/import");
  const [seen, see] = useState(/** @type {Seen | null} */ (null));
  const look = async (/** @type {File} */ file, /** @type {{code: string} | undefined} */ was_old = undefined) => {
    const { found } = await send(file, asked);
    see(found ? { file, found, was_old } : null);
  };
  const enter = async () => {
    if (!seen) return;
    const { found, refused } = await send(seen.file, { ...asked, apply: seen.found.preview });
    if (found) see({ ...seen, entered: found, was_old: undefined });
    else if (refused?.code === "preview_is_old") await look(seen.file, refused);
  };
  const leave = () => (see(null), forget());
  return html`<${Upload}
      look=${seen ? "is-chosen" : "is-large"}
      head=${seen ? html`<b class="one-line upload-name"><${Icon} name="sheet" />${seen.file.name}</b>` : html`<p class="upload-drop">${t("table.drop")}</p>`}
      label=${t(seen ? "table.other" : "table.choose")}
      accept=".xlsx,.csv,.tsv,.txt"
      chosen=${(/** @type {File} */ file) => look(file)}
      looked=${looked}
    />
    ${!seen && children}
    ${seen?.was_old && html`<p class="table-note is-warn" role="alert"><${Icon} name="alert" />${because(seen.was_old)}</p>`}
    ${seen && (seen.entered ? html`<${Entered} found=${seen.found} done=${seen.entered} />` : html`<${Preview} found=${seen.found} waits=${is_read} enter=${enter} leave=${leave} />`)}`;
}
