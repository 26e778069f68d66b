/**
 * What is wrong with the machine: the connection, the store, the archive, the screens. Quiet while all is well, and no louder than it
 * deserves: play does not wait for the archive, and a silent screen keeps its picture.
 */
import { computed, signal } from "@preact/signals";
import { number, t, time_of_day } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { now_ms, session, view } from "./evening.js";
import { flood } from "./flood.js";

const ASKED_MS = 4_000;
const BEHIND_MS = 3_000; // it writes twice a second and is at most two behind while all is well
const SILENT_MS = 10_000; // a page that reloads, or a Wi-Fi that blinks, is back before that

/** @typedef {{part: string, trouble?: string, lag_ms?: number, slow_ms?: number}} Part */
/** @typedef {{number: number, connected: boolean, since: number, venue?: string}} Screen */
/** @typedef {{venue: string, name: string, missing: number, connected: boolean, silent?: number}} Desk */

/** The server's parts; null while nobody has told. @type {import("@preact/signals").Signal<Part[] | null>} */
export const parts = signal(null);
/** The screens of this battle. @type {import("@preact/signals").Signal<Screen[]>} */
export const screens = signal([]);

/** The venues with teams on paper. @type {import("@preact/signals").Signal<Desk[]>} */
export const desks = signal([]);

/** Since when a venue's desk does not come back; undefined if it is there, or nobody here has seen it. @param {string} venue */
export function silent_since(venue) {
  const silent = desks.value.find((each) => each.venue === venue)?.silent;
  return silent !== undefined && now_ms.value - silent > SILENT_MS ? silent : undefined;
}

export function watch_health() {
  setInterval(look, ASKED_MS);
  session.on("welcome", look);
}

/** Asked quietly: that nobody answers is told by the connection. */
async function look() {
  if (session.link_state.value.state === "off" || session.welcome.value?.role !== "host") return;
  parts.value = (await session.ask({ t: "page", of: "health" })).page?.rows ?? null;
  if (!view.value) return;
  screens.value = (await session.ask({ t: "page", of: "screens" })).page?.rows ?? [];
  desks.value = (await session.ask({ t: "page", of: "desks" })).page?.rows ?? [];
  flood.value = (await session.ask({ t: "page", of: "arrivals" })).page?.rows[0];
}

/** Whether this device hears the server. */
export function is_cut_off() {
  return session.link_state.value.state === "off";
}

const archive = computed(() => parts.value?.find((each) => each.part === "archive"));
const is_behind = computed(() => Boolean(archive.value && (archive.value.trouble || (archive.value.lag_ms ?? 0) > BEHIND_MS)));
const slow_disk = computed(() => parts.value?.find((each) => each.part === "disk")?.slow_ms);
const unwell = computed(() => (parts.value ?? []).filter((each) => each.trouble && !["archive", "disk"].includes(each.part)));

/** Screens that do not come back. */
const silent = computed(() => screens.value.filter((each) => !each.connected && now_ms.value - each.since > SILENT_MS));

/** How many things there are to see to. */
export const how_many_troubles = computed(() => unwell.value.length + Number(is_behind.value) + Number(Boolean(slow_disk.value)) + silent.value.length);

export function Troubles() {
  const since = time_of_day(session.link_state.value.since);
  return html`${
    is_cut_off() &&
    html`<article class="item item-wrong">
      <h3>${t("trouble.link")}<small>${t("since", { time: since })}</small></h3>
      <p>${t("trouble.link.do")}</p>
    </article>`
  }
  ${
    session.link_state.value.state === "ended" &&
    html`<article class="item item-wrong">
      <h3>${t("trouble.ended")}</h3>
      <p>${t("trouble.ended.do")}</p>
    </article>`
  }
  ${unwell.value.map(({ part }) => html`<article key=${part} class="item item-wrong">
      <h3>${t(part === "redis" ? "trouble.redis" : "trouble.server")}</h3>
      <p>${t(part === "redis" ? "trouble.redis.do" : "health.unwell")}</p>
    </article>`)}
  ${is_behind.value && html`<${Behind} />`}
  ${
    slow_disk.value &&
    html`<article class="item item-warn">
      <h3>${t("trouble.disk")}</h3>
      <p>${t("trouble.disk.do")}</p>
      <p class="machine-says">${t("trouble.disk.ms", { n: slow_disk.value })}</p>
    </article>`
  }
  ${silent.value.map((screen) => html`<${Silent} key=${screen.number} screen=${screen} />`)}`;
}

function Behind() {
  const { trouble, lag_ms = 0 } = /** @type {Part} */ (archive.value);
  return html`<article class="item item-warn">
    <h3>${t("trouble.archive")}<small>${t("seconds.short", { n: Math.round(lag_ms / 1000) })}</small></h3>
    <p>${t("trouble.archive.do")}</p>
    ${trouble && html`<p class="machine-says">${trouble}</p>`}
  </article>`;
}

/** Which screen, in words. @param {Screen} screen */
export function screen_words({ number, venue }) {
  const name = venue && view.value?.venues[venue]?.name;
  return name ? t("screen.of", { venue: name, n: number }) : t("screen.n", { n: number });
}

/** @param {{screen: Screen}} props */
function Silent({ screen }) {
  const seconds = Math.max(0, Math.floor((now_ms.value - screen.since) / 1000));
  const ago = seconds < 60 ? t("seconds.short", { n: seconds }) : t("minutes.short", { n: Math.floor(seconds / 60) });
  return html`<article class="item item-warn">
    <h3>${t("screen.silent")}<small>${ago}</small></h3>
    <p>${t("screen.silent.what", { screen: screen_words(screen) })}</p>
  </article>`;
}

export function AllWell() {
  if (is_cut_off() || how_many_troubles.value) return null;
  return html`<p class="all-well"><${Icon} name="check" />${well_words()}</p>`;
}

function well_words() {
  if (!parts.value) return t("health.saved");
  const lag_ms = archive.value?.lag_ms;
  return lag_ms === undefined ? t("health.well") : t("health.archive", { lag: number(Math.round(lag_ms / 100) / 10) });
}
