/** A button that brings a PDF: while it is drawn, how far it is; then the file, in the browser's downloads and here to look at. */
import { useEffect, useState } from "preact/hooks";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { printed } from "./pdf.js";

/**
 * @typedef {object} Drawn
 * @property {{done: number, of: number}} [way]
 * @property {string} [file] its address in this page
 * @property {{code: string, detail?: string}} [refused]
 */

/**
 * @param {object} props
 * @param {import("/browser/session.js").Session} props.session
 * @param {import("./pdf.js").Wish} props.wish
 * @param {string} props.label
 * @param {string} props.name of the file, without its ending
 * @param {() => Promise<unknown>} [props.before] what must be true first; nothing is printed after null
 * @param {string} [props.look]
 */
export function PrintButton({ session, wish, label, name, before, look = "" }) {
  const [drawn, show] = useState(/** @type {Drawn} */ ({}));
  const asked = JSON.stringify(wish);
  useEffect(() => show({}), [asked]);
  useEffect(() => () => void (drawn.file && URL.revokeObjectURL(drawn.file)), [drawn.file]);
  const print = async () => {
    show({ way: { done: 0, of: 0 } });
    if (before && (await before()) === null) return show({});
    const { pdf, refused } = await printed(session, wish, (done, of) => show({ way: { done, of } }));
    show(pdf ? { file: URL.createObjectURL(pdf) } : { refused });
  };
  if (drawn.way) return html`<button type="button" class=${`button ${look}`} aria-busy="true" disabled>${way_words(drawn.way)}</button>`;
  return html`<span class="print-one">
    <button type="button" class=${`button ${look}`} onClick=${print}>${label}</button>
    ${drawn.file && html`<${File} key=${drawn.file} address=${drawn.file} name=${`${name}.pdf`} />`}
    ${drawn.refused && html`<span class="error" role="alert"><${Icon} name="alert" />${because(drawn.refused)}</span>`}
  </span>`;
}

/** @param {{done: number, of: number}} way */
function way_words({ done, of }) {
  return of > 1 ? t("print.way", { done, of }) : t("print.begins");
}

/** Saved as soon as it is there. @param {{address: string, name: string}} props */
function File({ address, name }) {
  const save = (/** @type {HTMLAnchorElement | null} */ link) => {
    if (!link || link.dataset.saved) return;
    link.dataset.saved = "yes";
    link.click();
  };
  return html`<a class="address" href=${address} download=${name} ref=${save}>${name}</a>`;
}
