/** What is known of a venue: its city, when it begins by its own clocks, and who represents it, which stands in no ledger. */
import { useEffect, useState } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { ask, rows } from "./asking.js";

const HERE_MIN = -new Date().getTimezoneOffset();

/** In one line; "" where nobody has said. @param {any} venue */
export function venue_words({ city, starts, zone }) {
  return [city, starts && t("venue.starts.at", { time: starts, zone: zone_words(zone) })].filter(Boolean).join(", ");
}

/** "+5:30". @param {number} minutes */
function zone_words(minutes) {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** Who represents a venue, "" for nobody; asked for with `again`. @param {string} id @param {unknown} again */
export function useRepresentative(id, again) {
  const [name, know] = useState("");
  useEffect(() => void rows("representatives").then((page) => know(page?.rows.find((/** @type {any} */ each) => each.venue === id)?.name ?? "")), [id, again]);
  return name;
}

/** @param {{id: string, venue: any, name: string, done: () => void}} props */
export function VenueAbout({ id, venue, name, done }) {
  const [about, say] = useState({ city: venue.city ?? "", starts: venue.starts ?? "", zone: (venue.zone ?? HERE_MIN) / 60, name });
  const set = (/** @type {string} */ key) => (/** @type {any} */ event) => say({ ...about, [key]: event.target.value });
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const described = await ask("DescribeVenue", { venue: id, city: about.city, starts: about.starts, zone_min: Math.round(Number(about.zone) * 60) });
    if (described && (await ask("NameRepresentative", { venue: id, name: about.name }))) done();
  };
  return html`<form class="card-job venue-about" onSubmit=${save}>
    <label class="label">${t("venue.representative")}<input class="input" data-first value=${about.name} maxlength="60" autocomplete="off" onInput=${set("name")} /></label>
    <label class="label">${t("venue.city")}<input class="input" value=${about.city} maxlength="40" onInput=${set("city")} /></label>
    <label class="label">${t("venue.starts")}<input class="input" inputmode="numeric" placeholder="19:30" maxlength="5" autocomplete="off" value=${about.starts} onInput=${set("starts")} /></label>
    <label class="label">${t("venue.zone")}<input class="input" type="number" min="-12" max="14" step="0.25" value=${about.zone} onInput=${set("zone")} /></label>
    <button class="button button-primary">${t("venue.save")}</button>
  </form>`;
}
