/** The battle this console is at: its session, and what several parts of the page ask about where the evening is. */
import { computed, effect } from "@preact/signals";
import { moments, ticking } from "/browser/moment.js";
import { staff_session } from "../parts/session.js";
import { wear } from "/browser/parts/theme.js";

const CHOSEN = "quiz.battle";

const wanted = new URLSearchParams(location.search).get("battle") ?? sessionStorage.getItem(CHOSEN);
export const session = staff_session("quiz.host", wanted ? { battle: wanted } : {});
export const view = session.view;

/** Battle time, moving. */
export const now_ms = ticking(session);

/** Where the question on the stage is in its time. */
export const moment = moments(view, now_ms);

effect(() => wear(view.value?.battle.theme));

/** The run sheet's row of the round being played, -1 in the lobby. */
export const round_at = computed(() => view.value?.run_sheet.findIndex((/** @type {any} */ row) => row.now) ?? -1);

/** Teams that answered the question on the stage; null where nobody counts. */
export const answered = computed(() => {
  const question = view.value?.question;
  const counts = question && session.counted.value[question.id];
  return counts && counts.opening === question.opening ? counts : null;
});

/** A question's place in the evening. @param {string} id */
export function place_of(id) {
  const rounds = view.value?.run_sheet ?? [];
  for (const [round, row] of rounds.entries()) {
    const at = row.questions.findIndex((/** @type {any} */ question) => question.id === id);
    if (at >= 0) return { round: round + 1, number: at + 1 };
  }
  return { round: 0, number: 0 };
}

// a battle that this server does not have: the newest one will do
effect(() => {
  if (session.link_state.value.reason !== "no_such_battle" || !session.extra.battle) return;
  sessionStorage.removeItem(CHOSEN);
  session.extra = {};
  session.start_over();
});

/** Goes to another battle of this server. @param {string} battle */
export function open_battle(battle) {
  sessionStorage.setItem(CHOSEN, battle);
  session.extra = { battle };
  session.start_over();
}
