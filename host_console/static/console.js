/** The host's console. Draws what the session says; keeps nothing of the battle itself. */
import { render } from "preact";
import { load_words, local, t } from "/browser/words.js";
import { ActionRow } from "./console/action_row.js";
import { AnnouncedSheet } from "./console/announced.js";
import { Attention } from "./console/attention.js";
import { Bar } from "./console/bar.js";
import { BattlesSheet, FirstBattle } from "./console/battles.js";
import { BreakSheet } from "./console/break_sheet.js";
import { ConsolesSheet } from "./console/consoles.js";
import { session, view } from "./console/evening.js";
import { HistorySheet } from "./console/history_sheet.js";
import { ImportSheet } from "./console/import_sheet.js";
import { InvitationSheet, learn_addresses } from "./console/invitation.js";
import { listen } from "./console/keyboard.js";
import { KeysSheet } from "./console/keys_sheet.js";
import { LateSheetCard, watch_late } from "./console/late.js";
import { LobbyTeams } from "./console/lobby_teams.js";
import { MissedSheet } from "./console/missed.js";
import { NewTeamSheet } from "./console/new_team.js";
import { Notices } from "./console/notices.js";
import { lying } from "./console/overlay.js";
import { Primary } from "./console/primary.js";
import { Private } from "./console/private.js";
import { QuestionsSheet } from "./console/questions.js";
import { ResultsSheet } from "./console/results_sheet.js";
import { RunSheet } from "./console/run_sheet.js";
import { Counter, Stage } from "./console/stage.js";
import { TeamsSheet } from "./console/teams.js";
import { watch_health } from "./console/trouble.js";
import { VenuesSheet } from "./console/venues.js";
import { html } from "/browser/parts/html.js";
import { is_out, out_because } from "./parts/session.js";
import { SignIn } from "./parts/sign_in.js";

function Console() {
  const link = session.link_state.value;
  if (is_out(session)) return html`<${SignIn} who="host" why=${out_because(link)} session=${session} />`;
  if (!view.value)
    return session.welcome.value ? html`<${FirstBattle} />` : html`<p class="loading light">${t(`link.${link.state}`)}</p>`;
  return html`<${Bar} /><${RunSheet} /><${Now} /><${Attention} /><${Overlay} />`;
}

function Now() {
  const shown = /** @type {Record<string, any>} */ (view.value);
  return html`<main class="console-now">
    <div class="now-head">
      <h2>${heading(shown)}</h2>
      <span class="phase">${phase_words(shown)}</span>
    </div>
    <div class="now-middle"><${Stage} /><${Counter} />${shown.phase === "lobby" && html`<${LobbyTeams} />`}<${Private} /></div>
    <div class="actions"><${Notices} /><${Primary} /><${ActionRow} /></div>
  </main>`;
}

/** Where we are, in one line. @param {Record<string, any>} shown */
function heading({ phase, question, round }) {
  if (!round) return t("phase.lobby");
  if (["final", "finished"].includes(phase)) return t("final");
  if (!question || ["round_intro", "round_end"].includes(phase))
    return `${t("round.n", { n: round.number })}. ${local(round.title)}`;
  return t("question.of", { n: question.number, of: round.questions });
}

/** @param {Record<string, any>} shown */
function phase_words({ phase, stage, paused, locked, question }) {
  if (paused) return t("phase.paused");
  if (stage.show !== "play") return t(`phase.${stage.show}`);
  if (question?.voided) return t("phase.voided");
  return t(phase === "lobby" ? (locked ? "lobby.locked" : "lobby.open") : `phase.${phase}`);
}

function Overlay() {
  const sheet = lying.value;
  switch (sheet?.name) {
    case "keys":
      return html`<${KeysSheet} />`;
    case "teams":
      return html`<${TeamsSheet} at=${sheet.with} />`;
    case "announced":
      return html`<${AnnouncedSheet} />`;
    case "venues":
      return html`<${VenuesSheet} />`;
    case "invitation":
      return html`<${InvitationSheet} />`;
    case "new_team":
      return html`<${NewTeamSheet} />`;
    case "battles":
      return html`<${BattlesSheet} />`;
    case "questions":
      return html`<${QuestionsSheet} at=${sheet.with} />`;
    case "break":
      return html`<${BreakSheet} />`;
    case "consoles":
      return html`<${ConsolesSheet} />`;
    case "late":
      return html`<${LateSheetCard} late=${sheet.with} />`;
    case "history":
      return html`<${HistorySheet} of=${sheet.with} />`;
    case "results":
      return html`<${ResultsSheet} />`;
    case "import":
      return html`<${ImportSheet} />`;
    case "missed":
      return html`<${MissedSheet} which=${sheet.with} />`;
  }
  return null;
}

await load_words("/staff/texts");
listen();
watch_health();
watch_late();
session.on("welcome", ({ role }) => role === "host" && learn_addresses());
if (session.token) session.open();
render(html`<${Console} />`, /** @type {HTMLElement} */ (document.getElementById("page")));
