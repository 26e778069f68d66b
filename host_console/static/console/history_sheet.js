/** The history of one cell, over the console. */
import { useEffect, useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { History } from "../parts/history.js";
import { rows } from "./asking.js";
import { place_of } from "./evening.js";
import { Sheet } from "./overlay.js";

/** @param {{of: {team: string, name: string, round: string, question: string}}} props */
export function HistorySheet({ of: { team, name, round, question } }) {
  const [happened, show] = useState(/** @type {any[] | null} */ (null));
  useEffect(() => void rows("cell", { team, round, question }).then((page) => show(page?.rows ?? [])), [team, question]);
  const where = question === "total" ? t("on_sheet.lower") : t("question.lower", { n: place_of(question).number });
  return html`<${Sheet} title=${t("history.of", { team: name, where })} wide=${false}><${History} rows=${happened} /></${Sheet}>`;
}
