/** A team on paper: its name and its venue. The line stays open, since a venue brings ten of them in one go. */
import { useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { Choice, Line } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { ask } from "./asking.js";
import { view } from "./evening.js";
import { tell } from "./notices.js";
import { Sheet } from "./overlay.js";
import { NUMBER } from "./team_spare.js";

export function NewTeamSheet() {
  const venues = Object.entries(view.value?.venues ?? {});
  const [venue, choose] = useState(venues[0]?.[0]);
  const [added, add] = useState(/** @type {string[]} */ ([]));
  const [spare, type] = useState("");
  const join = async (/** @type {string} */ name) => {
    if (!(await ask("JoinTeam", { name, venue, ...(spare.trim() ? { spare } : {}) }))) return;
    add([name, ...added]);
    type("");
    tell(t("new_team.told", { name, venue: view.value?.venues[venue].name }), "right");
  };
  return html`<${Sheet} title=${t("new_team")} wide=${false}>
    ${venues.length > 1 && html`<${Choice} label=${t("venue")} options=${venues.map(([id, each]) => [id, each.name])} value=${venue} choose=${choose} />`}
    <${Line} key=${added.length} label=${t("team.name")} verb=${t("new_team.add")} act=${join} hint=${t("new_team.hint")} input=${{ maxlength: 60, ref: focused }} />
    <label class="label spare-number">${t("spare.of_new")}
      <input class="input" value=${spare} autocomplete="off" onInput=${(/** @type {any} */ event) => type(event.target.value)} ...${NUMBER} /></label>
    ${
      added.length > 0 &&
      html`<ul class="lines">
        ${added.map((name) => html`<li key=${name}><b class="one-line">${name}</b></li>`)}
      </ul>`
    }</${Sheet}>`;
}

/** @param {HTMLElement | null} input */
function focused(input) {
  input?.focus();
}
