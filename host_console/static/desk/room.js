/**
 * The venue this desk sits at: its scopes (a round's sheets, or one question's slips), and which of them is on the table. What the
 * server said last, on this page or an earlier one, and over it what was declared here and it has not heard of.
 */
import { computed, effect, signal } from "@preact/signals";
import { wear } from "/browser/parts/theme.js";
import { known } from "./memory.js";
import { asked_for, is_away, session } from "./place.js";

export { role, session } from "./place.js";

/** @type {import("@preact/signals").ReadonlySignal<any>} */
export const view = computed(() => {
  const told = session.view.value ?? known.value.view;
  return told && { ...told, scopes: with_own(told.scopes, known.value, is_away.value) };
});

effect(() => wear(view.value?.battle.theme));

/**
 * Without a server the rounds to come are there too: nobody will tell when they have begun.
 * @param {Record<string, any>} told @param {import("./memory.js").Known} known @param {boolean} away
 */
function with_own(told, { evening, collected, keys }, away) {
  const scopes = { ...told };
  for (const row of evening) if (!scopes[row.scope] && (away || collected.includes(row.scope))) scopes[row.scope] = to_come(row);
  for (const scope of collected) {
    if (scopes[scope] && !scopes[scope].collected) scopes[scope] = { ...scopes[scope], collected: true, is_own: true, key: keys[scope] };
  }
  return scopes;
}

/** @param {import("./memory.js").Coming} row */
function to_come({ round, number, title, slip, teams }) {
  return { round, number, title, slip, expected: teams.length, is_to_come: true, closed: false, collected: false, late: {} };
}

/** Scopes in the order of the evening: [id, scope]. @type {import("@preact/signals").ReadonlySignal<[string, any][]>} */
export const scopes = computed(() =>
  Object.entries(view.value?.scopes ?? {}).sort(([, a], [, b]) => a.number - b.number || (a.slip ?? 0) - (b.slip ?? 0)),
);

/** What the scorekeeper chose, "" while it is the page's to say. */
const chosen = signal("");

/** The scope on the table: the chosen one, else the one the address asks for, else the latest that has begun. */
export const scope_id = computed(() => {
  const ids = scopes.value.map(([id]) => id);
  const begun = scopes.value.filter(([, scope]) => !scope.is_to_come || scope.is_own).map(([id]) => id);
  const wanted = scopes.value.find(
    ([id, scope]) => id === chosen.value || (!chosen.value && asked_for.has("round") && scope.round === asked_for.get("round")),
  );
  return wanted?.[0] ?? begun.at(-1) ?? ids[0] ?? "";
});

/** @type {import("@preact/signals").ReadonlySignal<any>} */
export const scope = computed(() => view.value?.scopes[scope_id.value]);

/** The questions of the sheet with their solutions; [] before this venue has collected. @type {import("@preact/signals").ReadonlySignal<any[]>} */
export const key = computed(() => scope.value?.key ?? []);

/** A question of the sheet; undefined for a total, or before this venue has collected. @param {string | undefined} id @returns {any} */
export const question_of = (id) => key.value.find((each) => each.id === id);

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
