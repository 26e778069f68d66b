/** A file for the server: chosen or dropped, looked at first, and taken only then. The key goes in a header, never in an address. */
import { useState } from "preact/hooks";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";

/**
 * A file that was sent, how it was asked, and what came of it; neither is there while it is read.
 * @typedef {{file: File, asked: Record<string, string>, found?: any, refused?: {code: string, detail?: string}}} Looked
 */

/**
 * The last file that was sent to this address.
 * @param {import("/browser/session.js").Session} session @param {string} address
 */
export function useUpload(session, address) {
  const [looked, show] = useState(/** @type {Looked | null} */ (null));
  const send = async (/** @type {File} */ file, /** @type {Record<string, string>} */ asked) => {
    show({ file, asked });
    const came = await posted(session, address, asked, file);
    show({ file, asked, ...came });
    return came;
  };
  return { looked, send, is_read: is_read(looked), forget: () => show(null) };
}

/**
 * @param {object} props
 * @param {string} props.label of the button
 * @param {string} props.accept
 * @param {(file: File) => void} props.chosen
 * @param {Looked | null} props.looked
 * @param {string} [props.look] a class of the place where a file may be dropped
 * @param {any} [props.head]
 * @param {any} [props.hint]
 * @param {any} [props.children] what is shown of what was found
 */
export function Upload({ label, accept, chosen, looked, look = "", head, hint, children }) {
  const [is_over, hover] = useState(false);
  const [waits, refused] = [is_read(looked), looked?.refused];
  const take = (/** @type {FileList | null | undefined} */ files) => files?.[0] && !waits && chosen(files[0]);
  const drag = (/** @type {DragEvent} */ event) => (event.preventDefault(), hover(true));
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    hover(false);
    take(event.dataTransfer?.files);
  };
  return html`<section class=${`upload ${look} ${is_over ? "is-over" : ""}`} onDragOver=${drag} onDragLeave=${() => hover(false)} onDrop=${drop}>
    ${head}
    <label class="button" aria-busy=${waits}>${waits ? t("upload.reads") : label}<input type="file" accept=${accept} disabled=${waits} onChange=${(/** @type {any} */ event) => {
      take(event.target.files);
      event.target.value = ""; // the same file once more is a choice too
    }} /></label>
    ${hint && html`<p class="hint">${hint}</p>`}
    ${refused && html`<p class="error" role="alert"><${Icon} name="alert" />${because(refused)}</p>`}
    ${children}
  </section>`;
}

/** True from the choice of a file to the answer. @param {Looked | null} looked */
const is_read = (looked) => Boolean(looked && !looked.found && !looked.refused);

/**
 * @param {import("/browser/session.js").Session} session @param {string} address
 * @param {Record<string, string>} asked beside the battle @param {File} file
 * @returns {Promise<{found?: any, refused?: {code: string, detail?: string}}>}
 */
async function posted(session, address, asked, file) {
  const where = `${address}?${new URLSearchParams({ battle: session.welcome.value?.battle ?? "", ...asked })}`;
  try {
    const answer = await fetch(where, { method: "POST", headers: { Authorization: `Bearer ${session.token}` }, body: file });
    return answer.ok ? { found: await answer.json() } : { refused: await answer.json() };
  } catch {
    return { refused: { code: "offline" } };
  }
}
