/** The table that a venue fills in, to be sent to it. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { FileButton } from "../parts/file_button.js";
import { session } from "./evening.js";

/** @param {{id: string, name: string, label: string}} props */
export function Template({ id, name, label }) {
  return html`<${FileButton} session=${session} wish=${{ what: "template", form: "xlsx", venue: id }} name=${`${t("table.template")}, ${name}.xlsx`} label=${label} />`;
}
