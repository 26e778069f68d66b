/** A team that has no sheets left has taken spare ones: whose they are is said once, by the number on any of them. */
import { t } from "/browser/words.js";
import { Line } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { ask } from "./asking.js";
import { tell } from "./notices.js";

export const NUMBER = { maxlength: 20, inputmode: "numeric", placeholder: "4-033-7" };

/** @param {import("./team_card.js").Job} props */
export function TakeSpare({ team, done }) {
  const take = async (/** @type {string} */ spare) => {
    if (!(await ask("AssignSpare", { team: team.team, spare }))) return;
    tell(t("spare.told", { team: team.name }), "right");
    done();
  };
  return html`<${Line} label=${t("spare.number")} verb=${t("spare.take")} act=${take} hint=${t("spare.hint")} input=${NUMBER} />`;
}
