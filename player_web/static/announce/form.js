/** What a team says of itself: five lines, and nothing that is not needed. */
import { useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Icon } from "/browser/parts/drawings.js";
import { because, bound, t } from "/browser/words.js";
import { announce, busy, correcting, known, own, refused } from "./announcement.js";

const MOST_PEOPLE = 99;
/** @type {Record<string, string>} */
const FIELD_OF = { name_empty: "name", name_too_long: "name", captain_empty: "captain", captain_too_long: "captain", bad_people: "people", bad_contact: "contact", unknown_venue: "venue" };

export function Form() {
  const battle = /** @type {Record<string, any>} */ (known.value);
  const [said, say] = useState(battle.said ?? { name: "", captain: "", people: 6, venue: null, contact: "" });
  const set = (/** @type {string} */ field) => (/** @type {any} */ value) => say({ ...said, [field]: value });
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (busy.value) return;
    if (battle.said) correcting.value = !(await own({ do: "correct", said }));
    else await announce(said);
    const wrong = FIELD_OF[refused.value?.code ?? ""];
    if (wrong) document.getElementById(wrong)?.focus();
  };
  return html`<form class="announce-form" noValidate onSubmit=${send}>
    <h2>${t(battle.said ? "announce.correct" : "announce.title")}</h2>
    <${Text} id="name" value=${said.name} set=${set("name")} most=${40} />
    <${Text} id="captain" value=${said.captain} set=${set("captain")} most=${60} autocomplete="name" />
    <${People} value=${said.people} set=${set("people")} />
    <${Where} value=${said.venue} set=${set("venue")} venues=${battle.venues} />
    <${Text} id="contact" value=${said.contact} set=${set("contact")} most=${100} />
    <${Trouble} />
    <button class="button button-primary" aria-busy=${busy.value}>${t(battle.said ? "announce.save" : "announce.send")}</button>
    ${battle.said && html`<button class="button button-quiet" type="button" onClick=${() => (correcting.value = false)}>${t("announce.back")}</button>`}
    <p class="hint">${t("announce.private")}</p>
  </form>`;
}

/** @param {{id: string, value: string, set: (value: string) => void, most: number, autocomplete?: string}} props */
function Text({ id, value, set, most, autocomplete = "off" }) {
  const type_in = (/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => set(currentTarget.value);
  return html`<div>
    <label class="label" for=${id}>${t(`announce.${id}`)}</label>
    <input class="input" id=${id} value=${value} maxlength=${most} autocomplete=${autocomplete} onInput=${type_in} aria-invalid=${is_wrong(id)} aria-describedby=${`${id}-hint`} />
    <${Said} id=${id} />
  </div>`;
}

/** Nobody types a number with cold hands: one less, one more. @param {{value: number, set: (value: number) => void}} props */
export function People({ value, set }) {
  const to = (/** @type {number} */ people) => set(Math.max(1, Math.min(MOST_PEOPLE, Math.round(people) || 1)));
  const type_in = (/** @type {{currentTarget: HTMLInputElement}} */ { currentTarget }) => to(Number(currentTarget.value.replace(/\D/g, "").slice(-2)));
  return html`<div>
    <label class="label" for="people">${t("announce.people")}</label>
    <div class="announce-people">
      <button class="button" type="button" aria-label=${t("announce.fewer")} onClick=${() => to(value - 1)}>−</button>
      <input class="input" id="people" inputmode="numeric" autocomplete="off" value=${value} onInput=${type_in} aria-invalid=${is_wrong("people")} />
      <button class="button" type="button" aria-label=${t("announce.more")} onClick=${() => to(value + 1)}>+</button>
    </div>
    <${Said} id="people" />
  </div>`;
}

/** @param {{value: string | null, set: (value: string | null) => void, venues: import("./announcement.js").Venue[]}} props */
function Where({ value, set, venues }) {
  return html`<fieldset class="announce-where" id="venue" tabindex="-1">
    <legend class="label">${t("announce.where")}</legend>
    <${Place} icon="phone" name=${t("announce.online")} about=${t("announce.online.what")} chosen=${value === null} choose=${() => set(null)} />
    ${venues.map((each) => html`<${Place} key=${each.id} icon="sheet" name=${bound(each.name)} about=${about(each)} chosen=${value === each.id} choose=${() => set(each.id)} />`)}
    <${Said} id="venue" />
  </fieldset>`;
}

/** @param {{icon: string, name: string, about: string, chosen: boolean, choose: () => void}} props */
function Place({ icon, name, about, chosen, choose }) {
  return html`<label class=${`announce-place ${chosen ? "is-chosen" : ""}`}>
    <input type="radio" name="venue" checked=${chosen} onChange=${choose} /><${Icon} name=${icon} /><span><b>${name}</b>${about && html`<small>${about}</small>`}</span>${chosen && html`<${Icon} name="check" />`}
  </label>`;
}

/** @param {import("./announcement.js").Venue} venue */
export function about({ city, starts }) {
  return [city, starts && t("venue.starts", { time: starts })].filter(Boolean).join(", ");
}

/** @param {string} id */
const is_wrong = (id) => FIELD_OF[refused.value?.code ?? ""] === id;

/** What is wrong with a field, else what it is for. @param {{id: string}} props */
function Said({ id }) {
  if (is_wrong(id) && refused.value) return html`<p class="error" role="alert" id=${`${id}-hint`}><${Icon} name="alert" /><span>${because(refused.value)}</span></p>`;
  const hint = id === "venue" || id === "people" ? "" : t(`announce.${id}.hint`);
  return hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`;
}

/** What is wrong with none of the fields. */
function Trouble() {
  const why = refused.value;
  if (!why || FIELD_OF[why.code]) return null;
  return html`<p class="error" role="alert"><${Icon} name="alert" /><span>${because(why)}</span></p>`;
}
