/** What is wrong with the machine: the connection, the store, the disk. Quiet while all is well. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { Icon } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { session } from "./evening.js";

const ASKED_MS = 10_000;

/** What each unwell part says of itself; null while nobody has told. @type {import("@preact/signals").Signal<string[] | null>} */
export const troubles = signal(null);

export function watch_health() {
  setInterval(look, ASKED_MS);
  look();
}

async function look() {
  try {
    const answer = await fetch("/healthz", { headers: { authorization: `Bearer ${session.token ?? ""}` } });
    const { parts = {} } = await answer.json();
    const unwell = Object.values(parts)
      .filter((each) => each !== "ok")
      .map(String);
    troubles.value = answer.ok ? [] : unwell.length ? unwell : [t("health.unwell")];
  } catch {
    troubles.value = null; // no server to ask: the connection says so already
  }
}

/** Whether this device hears the server. */
export function is_cut_off() {
  return session.link_state.value.state === "off";
}

export function Troubles() {
  const since = new Date(session.link_state.value.since).toLocaleTimeString("ru", { hour: "2-digit", minute: "2-digit" });
  return html`${
    is_cut_off() &&
    html`<article class="item item-wrong">
      <h3>${t("trouble.link")}<small>${t("since", { time: since })}</small></h3>
      <p>${t("trouble.link.do")}</p>
    </article>`
  }
  ${(troubles.value ?? []).map(
    (each) =>
      html`<article key=${each} class="item item-wrong">
        <h3>${t("trouble.server")}</h3>
        <p>${each}</p>
      </article>`,
  )}`;
}

export function AllWell() {
  if (is_cut_off() || troubles.value?.length) return null;
  return html`<p class="all-well"><${Icon} name="check" />${t(troubles.value ? "health.well" : "health.saved")}</p>`;
}
