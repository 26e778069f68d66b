/** Which page a phone shows: a function of what the server said, and of nothing else. */
import { useLayoutEffect } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Announcer } from "./announcer.js";
import { Join } from "./join.js";
import { Lobby } from "./lobby.js";
import { looked_at } from "./looking.js";
import { Place } from "./place.js";
import { Question } from "./question.js";
import { Result } from "./result.js";
import { mine, session, view } from "./team.js";
import { Break, Connecting, Ended, Intro, Paused } from "./waiting.js";

/** @type {Record<string, any>} */
const BY_PHASE = { lobby: Lobby, round_intro: Intro, revealed: Result, round_end: Place, final: Place, finished: Place };

/** What comes new is read from its top, however far down the last page was. */
export function Page() {
  const page = chosen();
  useLayoutEffect(() => scrollTo(0, 0), [page, looked_at.value?.id]);
  return html`<${page} /><${Announcer} />`;
}

function chosen() {
  if (session.link_state.value.state === "ended") return Ended;
  const is_guest = session.welcome.value ? session.welcome.value.role === "guest" : session.token === undefined;
  if (is_guest) return Join;
  return view.value && mine.value ? on_stage(view.value) : Connecting;
}

/** @param {Record<string, any>} now */
function on_stage({ stage, paused, phase }) {
  if (stage.show === "break") return Break;
  if (stage.show === "standing") return Place;
  return paused ? Paused : BY_PHASE[phase] ?? Question;
}
