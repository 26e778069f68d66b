/** How many people a team is: said when it announced itself, counted when it is there. */
import { t } from "/browser/words.js";
import { Line } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { ask } from "./asking.js";
import { tell } from "./notices.js";

const MOST = 99;

/** @param {import("./team_card.js").Job} props */
export function CountPeople({ team, done }) {
  const count = async (/** @type {string} */ text) => {
    const people = Math.min(MOST, Number(text.replace(/\D/g, "").slice(0, 2)));
    if (!(await ask("CountPeople", { team: team.team, people }))) return;
    tell(t("people.told", { team: team.name, people: t("people.n", { n: people }) }), "right");
    done();
  };
  const input = { maxlength: 2, inputmode: "numeric", pattern: "[0-9]*" };
  return html`<${Line} label=${t("people.how_many")} start=${team.people ? String(team.people) : ""} act=${count} verb=${t("people.count")} hint=${t("people.hint")} input=${input} />`;
}
