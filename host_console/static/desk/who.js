/**
 * Who sits at this device: two people's marks are told apart by it, and a dispute shows both names. A scorekeeper is an id that this
 * device makes, with or without a network, and a name; the server is told after every connection, and says who that is: another
 * device of the same person may have come first.
 *
 * @typedef {{id: string, name: string, as?: string, told?: boolean}} Person `as`: the person the server knows it by
 * @typedef {{now: string, people: Person[]}} Seats who sits, and all who ever sat at this device
 */
import { computed, effect, signal } from "@preact/signals";
import { because, t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { Line } from "../parts/controls.js";
import { Dialog } from "../parts/dialog.js";
import { person_words } from "../parts/people.js";
import { key, session, view } from "./room.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const AGAIN_MS = 1_500;
const NOBODY = /** @type {Seats} */ ({ now: "", people: [] });

/** Of this venue, for a scorekeeper belongs to one. */
const store = computed(() => (view.value ? `quiz.who.${view.value.venue.id}` : ""));
/** @type {import("@preact/signals").Signal<Seats>} */
const seats = signal(NOBODY);
/** The welcome after which the server was told who sits here. @type {import("@preact/signals").Signal<any>} */
const told_after = signal(null);
/** True while somebody is asked who it is, though somebody sits there. */
const asking = signal(false);
/** @type {import("@preact/signals").Signal<{code: string, detail?: string} | null>} */
const not_seated = signal(null);

/** Who sits here, null until somebody has said. */
export const who = computed(() => seats.value.people.find((each) => each.id === seats.value.now) ?? null);

/** What marks are signed with. */
export const signs_as = computed(() => who.value?.as ?? who.value?.id ?? "");

/** The server knows who sits here, and all whose marks may still be on this device. */
export const is_seated = computed(() => Boolean(who.value?.told && told_after.value && told_after.value === session.welcome.value));

/** All who ever sat at this device. */
export const people_here = () => seats.value.people;

/** @param {string} id what a mark is signed with */
const own_of = (id) => seats.value.people.find((each) => each.id === id || each.as === id);

/** The person who signed a mark, whatever this device called them then. @param {string} id */
export const person_of = (id) => own_of(id)?.as ?? id;

/** What a person is called who signed a mark. @param {string} id */
export function called(id) {
  const known = view.value?.scorekeepers[person_of(id)];
  if (known) return person_words(known);
  return own_of(id)?.name ?? t("scorekeeper.elsewhere");
}

/** Follows the venue, and says who sits here on every new connection. */
export function keep_seats() {
  effect(() => {
    if (store.value) seats.value = JSON.parse(localStorage.getItem(store.value) ?? "null") ?? NOBODY;
  });
  effect(() => {
    if (store.value && who.value && session.welcome.value !== told_after.value && session.link_state.value.state === "on")
      queueMicrotask(say_all);
  });
}

/** The server has lost what it knew of this person: it is told once more. */
export function sit_again() {
  keep(seats.value.people.map((each) => ({ ...each, told: false })));
  told_after.value = null;
}

/** @param {Person[]} people @param {string} [now] */
function keep(people, now = seats.value.now) {
  seats.value = { now, people };
  localStorage.setItem(store.value, JSON.stringify(seats.value));
}

let saying = false;

/** Those first whom the server may not know yet; whoever sits here last, for it is the last one that sits. */
async function say_all() {
  if (saying) return;
  saying = true;
  while (who.value && !is_seated.value && session.link_state.value.state === "on") {
    const [after, now] = [session.welcome.value, who.value.id];
    const others = seats.value.people.filter((each) => !each.told && each.id !== now);
    const refused = [];
    for (const each of [...others, who.value]) refused.push(await refusal(each));
    if (refused.some((each) => each?.temporary)) await new Promise((then) => setTimeout(then, AGAIN_MS));
    else if (who.value?.id === now && who.value.told && session.welcome.value === after) told_after.value = after;
  }
  saying = false;
}

/** Says that this person sits here: why not, or null. Whom the server will never take is nobody here. @param {Person} person */
async function refusal({ id, name }) {
  const { ok, result, refused } = await session.ask({ t: "sit", scorekeeper: id, name });
  if (ok) keep(seats.value.people.map((each) => (each.id === id ? { ...each, as: result.scorekeeper, told: true } : each)));
  else if (!refused.temporary) {
    not_seated.value = refused;
    keep(seats.value.people.filter((each) => each.id !== id));
  }
  return refused ?? null;
}

/** @param {Person} person */
function sit(person) {
  const rest = seats.value.people.filter((each) => each.id !== person.id);
  not_seated.value = null;
  asking.value = false;
  keep([...rest, person], person.id);
  told_after.value = null;
}

/** 80 random bits, as the server makes its own ids. */
function new_id() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => LETTERS[byte % 32]).join("");
}

/** In the head of the page: who sits here, and the way to say that it is somebody else. */
export function Sitting() {
  if (!who.value || !key.value.length) return null;
  return html`<button type="button" class="button sitting" onClick=${() => (asking.value = true)} title=${t("who.change")}>
    <${Icon} name="user" /><span class="one-line">${called(who.value.id)}</span>
  </button>`;
}

/** Whom the venue knows, and who sat here and was not told of yet: [id, person]. @returns {[string, {called: string, number?: number}][]} */
function familiar() {
  const unheard = seats.value.people.filter(({ id, as }) => !as && !view.value?.scorekeepers[id]);
  return [...Object.entries(view.value?.scorekeepers ?? {}), ...unheard.map(({ id, name }) => /** @type {[string, any]} */ ([id, { called: name }]))];
}

/** A name that was said before is the same person, as it is to the server. @param {string} name */
function begin(name) {
  const before = familiar().find(([, { called }]) => called.toLowerCase() === name.toLowerCase());
  sit({ id: before?.[0] ?? new_id(), name });
}

/** Asked once, or when somebody else sits down: those whom the venue knows are one press away. */
export function AskWho() {
  const known = familiar();
  const [begins, here] = [!who.value, signs_as.value];
  if (!begins && !asking.value) return null;
  return html`<${Dialog} title=${t("who")} close=${begins ? undefined : () => (asking.value = false)}>
    ${
      known.length > 0 &&
      html`<div class="people">
        ${known.map(
          ([id, person], at) =>
            html`<button key=${id} type="button" class="button" data-first=${!at || undefined} aria-pressed=${id === here} onClick=${() => sit({ id, name: person.called })}>
              <${Icon} name="user" />${person_words(person)}
            </button>`,
        )}
      </div>`
    }
    <${Line}
      label=${t(known.length ? "who.other" : "who.name")}
      verb=${t("who.begin")}
      hint=${t(view.value?.double_entry ? "who.why.twice" : "who.why")}
      act=${begin}
      input=${{ maxlength: 40 }}
      first=${!known.length}
    />
    ${not_seated.value && html`<p class="error" role="alert"><${Icon} name="alert" />${because(not_seated.value)}</p>`}
  </${Dialog}>`;
}
