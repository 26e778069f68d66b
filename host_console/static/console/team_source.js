/** Where a team's points come from, changed from one question on, with a reason. */
import { useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Choice, Line } from "../parts/controls.js";
import { ask } from "./asking.js";
import { place_of, view } from "./evening.js";
import { tell } from "./notices.js";

/** Phones that lost the network in question 5: from there on the sheet counts. @param {import("./team_card.js").Job} props */
export function ChangeSource({ team, done }) {
  const shown = /** @type {Record<string, any>} */ (view.value);
  const playing = shown.run_sheet.find((/** @type {any} */ row) => row.now) ?? shown.run_sheet[0];
  const [question, from] = useState(shown.question ? shown.question.id : playing.questions[0].id);
  const [only, limit] = useState(false);
  const [venue, seat] = useState(team.venue ?? Object.keys(shown.venues)[0]);
  const source = team.plays === "online" ? "paper" : "online";
  const change = async (/** @type {string} */ reason) => {
    const args = {
      team: team.team,
      round: playing.id,
      question,
      source,
      only_this_round: only,
      reason,
      ...(source === "paper" ? { venue } : {}),
    };
    if (!(await ask("ChangeSource", args))) return;
    tell(t(`source.told.${source}`, { team: team.name, n: place_of(question).number }), "right");
    done();
  };
  return html`<p>${t(`source.why.${source}`)}</p>
    <${Choice}
      label=${t("source.from", { n: place_of(question).round })}
      options=${playing.questions.map((/** @type {any} */ each, /** @type {number} */ at) => [each.id, String(at + 1)])}
      value=${question}
      choose=${from}
    />
    <${Choice}
      label=${t("source.until")}
      options=${[
        [false, t("source.evening")],
        [true, t("source.round")],
      ]}
      value=${only}
      choose=${limit}
    />
    ${source === "paper" && html`<${Venues} value=${venue} choose=${seat} />`}
    <${Line} label=${t("reason")} act=${change} verb=${t(`source.${source}`)} input=${{ maxlength: 200 }} />`;
}

/** @param {{value: string | null, choose: (venue: string) => void}} props */
function Venues({ value, choose }) {
  const venues = Object.entries(/** @type {Record<string, any>} */ (view.value).venues);
  return html`<${Choice}
    label=${t("venue")}
    options=${venues.map(([id, venue]) => [id, venue.name])}
    value=${value}
    choose=${choose}
  />`;
}
