/** The way into a battle: what the person has typed, what the server said to it. */
import { effect, signal } from "@preact/signals";
import { wear } from "/browser/parts/theme.js";
import { because, t } from "/browser/words.js";
import { be_at, is_linked, pin_at_start, session } from "./team.js";

const PIN_DIGITS = 6;
const CODE = /^#([A-Z0-9]{6})$/i;
const FIELD_OF = { unknown_pin: "pin", name_taken: "name", name_empty: "name", name_too_long: "name", unknown_code: "code" };

const code_at_start = CODE.exec(location.hash)?.[1] ?? "";

export const pin = signal(pin_at_start);
export const name = signal("");
export const code = signal(code_at_start.toUpperCase());
/** A further device of a team that is in already. */
export const is_mate = signal(code_at_start !== "");
export const busy = signal(false);
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
  busy.value = session.send({ t: "join", pin: pin.value, ...who });
  fault.value = busy.value ? null : { field: "", words: () => because({ code: "offline" }) };
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
  session.on("joined", () => (busy.value = false));
  session.on("refused", (refused) => {
    const was_ours = refused.to === "join" || refused.to === "look" || (refused.to === "" && busy.value);
    if (!was_ours) return;
    busy.value = false;
    const field = FIELD_OF[/** @type {keyof typeof FIELD_OF} */ (refused.code)] ?? "";
    const hidden = is_mate.value ? "name" : "code"; // a field that is not there would say nothing
    blame(field === hidden ? "" : field, () => because(refused));
  });
}

/** A sentence is made when it is drawn: the language may change. @param {string} field @param {() => string} words */
function blame(field, words) {
  fault.value = { field, words };
}
