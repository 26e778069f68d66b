/** The venue this desk sits at: its session, its scopes (a round's sheets, or one question's slips), and which of them is on the table. */
import { computed, effect, signal } from "@preact/signals";
import { staff_session } from "../parts/session.js";
import { wear } from "/browser/parts/theme.js";

const asked_for = new URLSearchParams(location.search);

/** A host sits down at any venue's desk with the console's own key. */
const by_host = asked_for.has("venue");
export const role = by_host ? "host" : "desk";

export const session = by_host
  ? staff_session("quiz.host", { battle: asked_for.get("battle") ?? undefined, desk: asked_for.get("venue") })
  : staff_session("quiz.desk");
export const view = session.view;

effect(() => wear(view.value?.battle.theme));

/** Scopes in the order of the evening: [id, scope]. @type {import("@preact/signals").ReadonlySignal<[string, any][]>} */
export const scopes = computed(() => Object.entries(view.value?.scopes ?? {}).sort(([, a], [, b]) => a.number - b.number));

/** What the scorekeeper chose, "" while it is the page's to say. */
const chosen = signal("");

/** The scope on the table: the chosen one, else the one the address asks for, else the latest. */
export const scope_id = computed(() => {
  const ids = scopes.value.map(([id]) => id);
  const wanted = scopes.value.find(
    ([id, scope]) => id === chosen.value || (!chosen.value && asked_for.has("round") && scope.round === asked_for.get("round")),
  );
  return wanted?.[0] ?? ids.at(-1) ?? "";
});

/** @type {import("@preact/signals").ReadonlySignal<any>} */
export const scope = computed(() => view.value?.scopes[scope_id.value]);

/** The questions of the sheet with their solutions; [] before this venue has collected. @type {import("@preact/signals").ReadonlySignal<any[]>} */
export const key = computed(() => scope.value?.key ?? []);

/** Lays a round's sheets on the table, if the round has begun. @param {number} number @returns {boolean} */
export function lay_round(number) {
  const found = scope.value?.number === number ? scope_id.value : scopes.value.find(([, each]) => each.number === number)?.[0];
  if (found) chosen.value = found;
  return found !== undefined;
}

export function next_scope() {
  const ids = scopes.value.map(([id]) => id);
  chosen.value = ids[(ids.indexOf(scope_id.value) + 1) % ids.length] ?? "";
}

/** The cell the console sent us to. */
export const first_look = { team: asked_for.get("team"), question: asked_for.get("question") };
