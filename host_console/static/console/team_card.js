/** One team: its name, where it plays, and what a host may do for it. One thing is open at a time, and its button says what it does. */
import { useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Choice, Line } from "../parts/controls.js";
import { ask } from "./asking.js";
import { session, view } from "./evening.js";
import { tell } from "./notices.js";
import { Merge } from "./team_merge.js";
import { CountPeople } from "./team_people.js";
import { Points } from "./team_points.js";
import { ChangeSource } from "./team_source.js";
import { TakeSpare } from "./team_spare.js";
import { about, changed } from "./team_row.js";

const JOBS = { rename: Rename, people: CountPeople, points: Points, source: ChangeSource, move: Move, merge: Merge, spare: TakeSpare, code: Code };

/** When there is anything to do it with. @type {Record<string, (team: any) => boolean>} */
const CAN = {
  code: (team) => team.plays === "online",
  spare: (team) => team.sheets.length > 0,
  merge: () => view.value?.phase === "lobby" && view.value.counts.teams > 1,
};

/** @param {{team: any, job?: string}} props */
export function TeamCard({ team, job }) {
  const [open, turn] = useState(job ?? "");
  const Job = JOBS[/** @type {keyof typeof JOBS} */ (open)];
  const done = () => (turn(""), (changed.value += 1));
  return html`<article class="card">
    <h3>${team.name}</h3>
    <p class="quiet">
      ${[about(team), team.changed && t("source.changed"), team.sheets.length > 0 && numbers(team)].filter(Boolean).join(", ")}
    </p>
    <div class="card-jobs">
      ${Object.keys(JOBS)
        .filter((name) => CAN[name]?.(team) ?? true)
        .map(
          (name) =>
            html`<button
              key=${name}
              type="button"
              class="button"
              aria-expanded=${open === name}
              onClick=${() => turn(open === name ? "" : name)}
            >
              ${t(`team.${name}`)}
            </button>`,
        )}
      <button type="button" class="button" onClick=${() => mute(team)}>${t(team.muted ? "team.mute.off" : "team.mute")}</button>
    </div>
    ${Job && html`<div class="card-job"><${Job} team=${team} done=${done} /></div>`}
  </article>`;
}

/** What stands in the middle of the numbers on its sheets. @param {any} team */
function numbers(team) {
  return t("team.numbers", { numbers: team.sheets.map((/** @type {number} */ each) => String(each).padStart(3, "0")).join(", ") });
}

/** @param {any} team */
async function mute(team) {
  const muted = !team.muted;
  if (!(await ask("MuteTeam", { team: team.team, muted }))) return;
  changed.value += 1;
  tell(t(muted ? "mute.told" : "mute.told.off", { team: team.name }), "plain", async () => {
    await session.press("MuteTeam", { team: team.team, muted: !muted });
    changed.value += 1;
  });
}

/** @typedef {{team: any, done: () => void}} Job */

/** @param {Job} props */
function Rename({ team, done }) {
  const rename = async (/** @type {string} */ name) =>
    (await ask("RenameTeam", { team: team.team, name })) && (tell(t("rename.told", { name }), "right"), done());
  return html`<${Line} label=${t("team.name")} start=${team.name} act=${rename} verb=${t("team.rename")} />`;
}

/** @param {Job} props */
function Move({ team, done }) {
  const venues = Object.entries(/** @type {Record<string, any>} */ (view.value).venues).map(([id, venue]) => [id, venue.name]);
  const nowhere = team.plays === "online" ? [[null, t("online")]] : [];
  const move = async (/** @type {string | null} */ venue) => {
    if (!(await ask("MoveTeam", { team: team.team, venue }))) return;
    tell(t("move.told", { team: team.name }), "right");
    done();
  };
  return html`<${Choice}
    label=${t("team.move.to")}
    options=${[...nowhere, ...venues]}
    value=${team.venue ?? null}
    choose=${move}
  />`;
}

/** The code by which a phone comes back to its team. @param {Job} props */
function Code({ team }) {
  const [code, show] = useState("");
  const fetch_code = async () => show((await ask("ShowTeamCode", { team: team.team }))?.code ?? "");
  return code
    ? html`<p class="big-code">${code}</p>
        <p class="quiet">${t("code.how")}</p>`
    : html`<p>${t("code.why")}</p>
        <button type="button" class="button button-primary" onClick=${fetch_code}>${t("code.show")}</button>`;
}
