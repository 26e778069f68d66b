/** The last resort: what was entered here goes into a file, and somebody carries it to the host. As wire/carried.py reads it. */
import { signal } from "@preact/signals";
import { sha256 } from "@noble/hashes/sha2.js";
import { local, t, time_of_day } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Dialog } from "../parts/dialog.js";
import { hand_over } from "../parts/saved_file.js";
import { known } from "./memory.js";
import { keeper, unsent } from "./outgoing.js";
import { view } from "./room.js";
import { people_here } from "./who.js";

const KIND = "quiz marks carried by hand";

/** The operations of this device, while it is asked which of them to save. @type {import("@preact/signals").Signal<import("./kept.js").Kept[] | null>} */
const offered = signal(null);

export async function offer_file() {
  offered.value = await keeper.all(view.value.battle.id);
}

export function CarriedFile() {
  const all = offered.value;
  if (!all) return null;
  const left = all.filter((each) => !each.is_done);
  return html`<${Dialog} title=${t("carry")} close=${() => (offered.value = null)}>
    <div class="carry">
      <p>${t("carry.how")}</p>
      <button type="button" class="button button-primary" data-first disabled=${!left.length && !known.value.collected.length} onClick=${() => save(left)}>${t("carry.unsent", { n: unsent.value })}</button>
      <button type="button" class="button" disabled=${!all.length} onClick=${() => save(all)}>${t("carry.all", { n: all.length })}</button>
    </div>
  </${Dialog}>`;
}

/** @param {import("./kept.js").Kept[]} kept */
function save(kept) {
  const { battle, venue } = view.value;
  const content = {
    kind: KIND,
    version: 1,
    battle: battle.id,
    title: local(battle.title),
    venue: venue.id,
    venue_name: venue.name,
    saved: Date.now(),
    people: people_here().map(({ id, name }) => ({ scorekeeper: id, name })),
    collected: [...new Set([...known.value.collected, ...collected_of(kept)])],
    operations: kept.map((each) => each.operation),
  };
  const whole = { ...content, digest: digest(JSON.stringify(content)) };
  const name = `quiz ${venue.name} ${time_of_day(content.saved).replace(":", "-")}.json`;
  hand_over(new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" }), name);
  offered.value = null;
}

/** What is marked was collected, and the server may have lost that it was told so. @param {import("./kept.js").Kept[]} kept */
function collected_of(kept) {
  return kept.map((each) => each.scope).filter((scope) => view.value.scopes[scope]?.collected);
}

/** @param {string} text */
function digest(text) {
  return Array.from(sha256(new TextEncoder().encode(text)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
