/** Bonus and penalty, always with a reason. */
import { useState } from "preact/hooks";
import { number, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Choice, Line } from "../parts/controls.js";
import { ask } from "./asking.js";
import { tell } from "./notices.js";

/** Bonus or penalty: a sum, a sign, a reason. @param {import("./team_card.js").Job} props */
export function Points({ team, done }) {
  const [points, set] = useState(1);
  const give = async (/** @type {string} */ reason) => {
    if (!(await ask("AdjustPoints", { team: team.team, points: points * 100, reason }))) return;
    tell(t("points.told", { team: team.name, points: signed(points) }), "right", () =>
      ask("AdjustPoints", { team: team.team, points: -points * 100, reason: t("points.back") }),
    );
    done();
  };
  return html`<${Choice}
      label=${t("points.how_many")}
      options=${[-3, -2, -1, 1, 2, 3].map((each) => [each, signed(each)])}
      value=${points}
      choose=${set}
    />
    <${Line}
      label=${t("reason")}
      hint=${t("reason.seen")}
      act=${give}
      verb=${t(points > 0 ? "points.give" : "points.take", { points: number(Math.abs(points)) })}
      input=${{ maxlength: 200 }}
    />`;
}

/** @param {number} points */
const signed = (points) => (points > 0 ? `+${number(points)}` : number(points));
