/** Which question of the round this phone shows: the one on the stage, unless the person is busy with another. */
import { computed, effect, signal } from "@preact/signals";
import { unsent } from "./drafts.js";
import { moment, questions, view } from "./team.js";

const SETTLE_MS = 500; // a finger that was already on its way does not hit the next question

/** A question that somebody chose to look at; "sheet": all of the round; null: whatever is on the stage. @type {import("@preact/signals").Signal<string | null>} */
const wanted = signal(null);
const settled_at = signal(0);

/** True while what stands on the page has only just come. */
export const is_fresh = () => performance.now() < settled_at.peek();

/** A round whose answers stay open to its end shows a way back to its earlier questions. */
export const goes_back = computed(() => view.value?.round?.reveal === "round_end");

/** The question shown; undefined: the sheet of all. */
export const looked_at = computed(() => {
  const on_stage = view.value?.question;
  const all = questions.value;
  if (wanted.value === "sheet" || (wanted.value === null && is_sheet_time())) return undefined;
  return all.find((question) => question.id === wanted.value) ?? all.find((question) => question.id === on_stage);
});

/** After the last question there is nothing new to look at: what counts now is the whole round. */
function is_sheet_time() {
  return goes_back.value && ["last_call", "round_closed", "collected"].includes(view.value?.phase);
}

/** @param {string | null} id a question, "sheet", or null for the stage */
export function look_at(id) {
  wanted.value = id === view.value?.question && !is_sheet_time() ? null : id;
}

/** The stage moves on: so do we, unless something is written here that is not sent. */
export function follow_the_stage() {
  let before = "";
  /** @type {any} */
  let here;
  effect(() => {
    const stage = `${view.value?.question} ${view.value?.phase}`;
    if (stage !== before) {
      before = stage;
      settled_at.value = performance.now() + SETTLE_MS;
      const is_busy = here && moment.peek().is !== "over" && unsent(here) !== undefined;
      if (is_busy) wanted.value = here.id;
      else if (!["shown", "open"].includes(view.value?.phase)) wanted.value = null;
    }
    here = looked_at.value;
  });
}
