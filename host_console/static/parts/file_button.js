/** A button that brings one of the server's files into the browser's downloads. */
import { useState } from "preact/hooks";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { hand_over, made_file } from "./saved_file.js";

/**
 * @param {object} props
 * @param {import("/browser/session.js").Session} props.session
 * @param {import("./saved_file.js").Wish} props.wish
 * @param {string} props.name of the file, with its ending
 * @param {string} props.label
 * @param {string} [props.look]
 */
export function FileButton({ session, wish, name, label, look = "" }) {
  const [is_made, make] = useState(false);
  const [refused, refuse] = useState(/** @type {{code: string, detail?: string} | undefined} */ (undefined));
  const bring = async () => {
    make(true);
    const { file, refused: why } = await made_file(session, wish);
    if (file) hand_over(file, name);
    refuse(why);
    make(false);
  };
  return html`<span class="print-one">
    <button type="button" class=${`button ${look}`} aria-busy=${is_made} disabled=${is_made} onClick=${bring}>${is_made ? t("print.begins") : label}</button>
    ${refused && html`<span class="error" role="alert"><${Icon} name="alert" />${because(refused)}</span>`}
  </span>`;
}
