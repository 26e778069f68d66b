/** Why something is corrected: asked where people may wonder later, answered by one press, by a few words, or not at all. */
import { signal } from "@preact/signals";
import { t, unbound } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { Line } from "../parts/controls.js";
import { Dialog } from "../parts/dialog.js";
import { role, scope, session } from "./room.js";

const FRESH_MS = 60_000; // a slip of the finger is mended at once, and explains itself
const USUAL = ["slip", "reread", "appeal"];

/** What waits for a reason. @type {import("@preact/signals").Signal<((why: string) => void) | null>} */
export const waits = signal(null);

/** True where a reason is asked for: of a host always, of a desk once the solutions are out. @param {import("./cell.js").Cell} seen */
export function wants_why(seen) {
  if (seen.state === "empty") return false;
  if (role === "host") return true;
  const entered = Math.max(...seen.present.map((each) => each.at ?? Infinity));
  return Boolean(scope.value?.revealed) && session.clock.now() - entered > FRESH_MS;
}

export function AskWhy() {
  if (!waits.value) return null;
  const give = (/** @type {string} */ why) => {
    const then = waits.value;
    waits.value = null;
    then?.(why);
  };
  return html`<${Dialog} title=${t("why")} close=${() => (waits.value = null)}>
    <div class="people">
      ${USUAL.map((each, at) => html`<button key=${each} type="button" class="button" data-first=${!at || undefined} onClick=${() => give(unbound(t(`why.${each}`)))}>${t(`why.${each}`)}</button>`)}
      <button type="button" class="button is-quiet" onClick=${() => give("")}>${t("why.none")}</button>
    </div>
    <${Line} label=${t("why.other")} verb=${t("why.write")} act=${give} input=${{ maxlength: 200 }} first=${false} />
  </${Dialog}>`;
}
