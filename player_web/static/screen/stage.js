/** Which page stands on the stage: a function of the battle's view, and of nothing else. */
import { html } from "/browser/parts/html.js";
import { Closed, LastCall, RoundClosed } from "./closed.js";
import { session, view } from "./hall.js";
import { Lobby } from "./lobby.js";
import { Ended, Pairing } from "./pairing.js";
import { Podium } from "./podium.js";
import { Question } from "./question.js";
import { Break, Intro, Paused, RoundEnd } from "./resting.js";
import { Reveal } from "./reveal.js";
import { Standing } from "./standing.js";

/** @type {Record<string, any>} */
const BY_PHASE = {
  lobby: Lobby,
  round_intro: Intro,
  shown: Question,
  open: Question,
  closed: Closed,
  sealed: Closed,
  revealed: Reveal,
  last_call: LastCall,
  round_closed: RoundClosed,
  collected: RoundClosed,
  round_end: RoundEnd,
  final: Podium,
  finished: Podium,
};

let was = "";

export function Stage() {
  const page = chosen();
  const live = was !== "" && was !== view.value?.phase; // the phase changed before our eyes, not while we were away
  was = view.value?.phase ?? "";
  return html`<${page} live=${live} />`;
}

function chosen() {
  if (session.link_state.value.state === "ended") return Ended;
  const now = view.value;
  if (!now) return Pairing;
  if (now.stage.show === "break") return Break;
  if (now.stage.show === "standing") return Standing;
  return now.paused ? Paused : BY_PHASE[now.phase];
}
