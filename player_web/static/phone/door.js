/** The way into a battle: what the person has typed, what the server said to it. */
import { computed, effect, signal } from "@preact/signals";
import { wear } from "/browser/parts/theme.js";
import { new_id } from "/browser/outbox.js";
import { because, t } from "/browser/words.js";
import { be_at, is_linked, pin_at_start, session } from "./team.js";

const PIN_DIGITS = 6;
const CODE = /^#([A-Z0-9]{6})$/i;
const FIELD_OF = { unknown_pin: "pin", name_taken: "name", name_empty: "name", name_too_long: "name", unknown_code: "code" };

const code_at_start = CODE.exec(location.hash)?.[1] ?? "";

export const pin = signal(pin_at_start);
export const name = signal("");
export const code = signal(code_at_start.toUpperCase());
/** What was asked, until it is replied to: repeated as it is where the connection was lost meanwhile. @type {import("@preact/signals").Signal<Record<string, any> | null>} */
const wish = signal(null);
/** The id of a wish, under what it wishes: whoever presses again after "try later" may have a seat already. */
const ids = new Map();
/** A further device of a team that is in already. */
export const is_mate = signal(code_at_start !== "");
export const busy = computed(() => wish.value !== null);
/** The battle under the PIN. @type {import("@preact/signals").Signal<Record<string, any> | null>} */
export const found = signal(null);
/** What went wrong: its field ("" for none of them) and its sentence. @type {import("@preact/signals").Signal<{field: string, words: () => string} | null>} */
export const fault = signal(null);

/** @param {string} typed */
export function type_pin(typed) {
  pin.value = typed.replace(/\D/g, "").slice(0, PIN_DIGITS);
  if (fault.value?.field === "pin") fault.value = null;
}

/** Six digits are read in two groups. @param {string} digits */
export const grouped = (digits) => (digits.length > 3 ? `${digits.slice(0, 3)} ${digits.slice(3)}` : digits);

/** Asks to be let in. */
export function knock() {
  const missing = pin.value.length < PIN_DIGITS ? "pin" : is_mate.value ? !code.value.trim() && "code" : !name.value.trim() && "name";
  if (missing) return blame(missing, () => t(`join.missing_${missing}`));
  be_at(pin.value);
  const who = is_mate.value ? { code: code.value.trim().toUpperCase() } : { name: name.value };
  const asked = { t: "join", id: id_of(pin.value, ...Object.values(who)), pin: pin.value, ...who };
  const is_sent = session.send(asked);
  wish.value = is_sent ? asked : null;
  fault.value = is_sent ? null : { field: "", words: () => because({ code: "offline" }) };
}

/** @param {string[]} wished */
function id_of(...wished) {
  const key = wished.join(" ");
  if (!ids.has(key)) ids.set(key, new_id());
  return ids.get(key);
}

/** Looks for the battle as soon as its PIN is whole, and listens to what comes back. */
export function open_door() {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  effect(() => {
    if (found.peek()?.pin !== pin.value) found.value = null; // peek: the answer to a look must not ask again
    const is_guest = session.welcome.value?.role === "guest";
    if (is_guest && is_linked.value && pin.value.length === PIN_DIGITS) session.send({ t: "look", pin: pin.value });
  });
  session.on("lobby", (lobby) => {
    if (lobby.pin === pin.value) found.value = lobby;
    wear(lobby.theme);
  });
  session.on("welcome", (welcome) => {
    if (welcome.role === "guest" && wish.value) session.send(wish.value);
  });
  session.on("joined", () => {
    wish.value = null;
    ids.clear();
  });
  session.on("refused", (refused) => {
    const was_ours = refused.to === "join" || refused.to === "look" || (refused.to === "" && busy.value);
    if (!was_ours) return;
    wish.value = null;
    const field = FIELD_OF[/** @type {keyof typeof FIELD_OF} */ (refused.code)] ?? "";
    const hidden = is_mate.value ? "name" : "code"; // a field that is not there would say nothing
    blame(field === hidden ? "" : field, () => because(refused));
  });
}

/** A sentence is made when it is drawn: the language may change. @param {string} field @param {() => string} words */
function blame(field, words) {
  fault.value = { field, words };
}
