/**
 * The words of the pages: one catalogue a language, chosen on each device. `t("key", {n: 3})` fills {n} and chooses the plural.
 */
import { signal } from "@preact/signals";

export const LANGUAGES = ["ru", "en"];
const STORE = "quiz.language";
const NBSP = "\u00a0";
const WORD_JOINER = "\u2060";
/** Short words that a line must not end with: they belong to what follows. */
const PROCLITICS = /(^|[\s(«“\u00a0])(а|в|во|до|за|и|из|к|ко|на|над|не|ни|о|об|от|по|под|при|с|со|у|№) (?=\S)/giu;

/** @type {Record<string, any>} */
const catalogues = {};

/** The language this device speaks. */
export const language = signal(chosen());

function chosen() {
  const wanted = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(STORE) ?? navigator.language.slice(0, 2);
  return LANGUAGES.includes(wanted) ? wanted : document.documentElement.dataset.language || "ru";
}

/**
 * Loads every language: catalogues are small, and a switch must not wait for a network. The shared one, and that of the page's own
 * package: public pages carry no staff words.
 * @param {string} own the folder of the page's catalogues
 */
export async function load_words(own) {
  const load = async (/** @type {string} */ folder, /** @type {string} */ each) => (await fetch(`${folder}/${each}.json`)).json();
  await Promise.all(
    LANGUAGES.map(async (each) => {
      catalogues[each] = { ...(await load("/browser/texts", each)), ...(await load(own, each)) };
    }),
  );
  document.documentElement.lang = language.value;
}

/** This device's own choice, kept. @param {string} wanted */
export function speak(wanted) {
  localStorage.setItem(STORE, wanted);
  say_in(wanted);
}

/** Speaks a language that somebody else chose: a screen speaks its battle's. @param {string} wanted */
export function say_in(wanted) {
  if (!LANGUAGES.includes(wanted)) return;
  document.documentElement.lang = wanted;
  language.value = wanted;
}

/**
 * A text of the catalogue. A missing key is shown as itself, which a test over all keys finds.
 * @param {string} key
 * @param {Record<string, any>} [values] `n` chooses the plural form
 * @param {string} [spoken]
 */
export function t(key, values = {}, spoken = language.value) {
  const entry = catalogues[spoken]?.[key];
  if (entry === undefined) return key;
  const text = typeof entry === "string" ? entry : entry[plural_rules(spoken).select(values.n ?? 0)] ?? entry.other;
  const filled = text.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => {
    const value = values[name];
    return typeof value === "number" ? number(value, spoken) : String(value ?? "");
  });
  return bound(filled);
}

/** True if the catalogue has this key. @param {string} key */
export function knows(key) {
  return catalogues[language.value]?.[key] !== undefined;
}

/**
 * A pack's text in this device's language, or in the first it has. No line tears a designation: ANT-25.
 * @param {Record<string, string> | string | undefined} text
 */
export function local(text, spoken = language.value) {
  if (text === undefined || text === null) return "";
  const found = typeof text === "string" ? text : text[spoken] ?? Object.values(text)[0] ?? "";
  return bound(found.replace(/(?<=\p{L}-)(?=\d)/gu, WORD_JOINER));
}

/** No line ends with a short preposition, nor begins with a dash. @param {string} text */
export function bound(text) {
  return text.replace(PROCLITICS, `$1$2${NBSP}`).replace(PROCLITICS, `$1$2${NBSP}`).replace(/ (?=[—–] )/g, NBSP);
}

/** A number as its language writes it, with a true minus. @param {number} value */
export function number(value, spoken = language.value) {
  return number_format(spoken, Math.abs(value) >= 10_000).format(value).replace("-", "−");
}

/** A decimal string as its language writes it, its digits untouched. @param {string} value */
export function decimal(value, spoken = language.value) {
  const grouped = value.replace(/^(-?)(\d{5,})/, (_, sign, digits) => sign + digits.replace(/\B(?=(\d{3})+$)/g, spoken === "ru" ? NBSP : ","));
  return spoken === "ru" ? grouped.replace("-", "−").replace(".", ",") : grouped.replace("-", "−");
}

/** Points come in hundredths. @param {number} hundredths */
export function points(hundredths, spoken = language.value) {
  return number(hundredths / 100, spoken);
}

/** The same text with ordinary spaces: what is kept does not depend on how it was set. @param {string} text */
export const unbound = (text) => text.replaceAll("\u00a0", " ");

/** The time of day, for people who look at a clock. @param {number} at ms since 1970 @param {boolean} [seconds] */
export function time_of_day(at, seconds = false, spoken = language.value) {
  return time_format(spoken, seconds).format(at);
}

/** To make a format takes a hundred times what it takes to use it, and a grid of sheets has hundreds of words. @template F @template {any[]} A @param {(...how: A) => F} make */
function made_once(make) {
  const made = /** @type {Map<string, F>} */ (new Map());
  return (/** @type {A} */ ...how) => {
    const key = how.join();
    const format = made.get(key) ?? make(...how);
    made.set(key, format);
    return format;
  };
}

const plural_rules = made_once((/** @type {string} */ spoken) => new Intl.PluralRules(spoken));
const number_format = made_once((/** @type {string} */ spoken, /** @type {boolean} */ useGrouping) => new Intl.NumberFormat(spoken, { useGrouping, maximumFractionDigits: 2 }));
const time_format = made_once(
  (/** @type {string} */ spoken, /** @type {boolean} */ seconds) => new Intl.DateTimeFormat(spoken, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(seconds && { second: "2-digit" }) }),
);

/** What no page of ours says: the page and the server are of two versions. */
const MISUNDERSTOOD = new Set(
  ["invalid", "bad_value", "too_deep", "unknown_message", "hello_first", "hello_again", "unknown_standing", "unknown_role", "too_many_operations"],
);

/** A refusal in words: what is true, then what to do. @param {{code: string, detail?: string}} refused */
export function because(refused) {
  const key = `refused.${MISUNDERSTOOD.has(refused.code) ? "malformed" : refused.code}`;
  return knows(key) ? t(key, { detail: refused.detail ?? "" }) : t("refused.other", { detail: refused.code });
}
