/** A word that options go on under the fold, so that nobody overlooks the last one. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { t } from "/browser/words.js";

/** For the inside of the options. A screen reader has them all. */
export function MoreBelow() {
  const here = useRef(/** @type {HTMLElement | null} */ (null));
  const [place, put] = useState(/** @type {{x: number, up: number} | null} */ (null));
  useLayoutEffect(() => {
    const look = () => put(place_under(here.current?.parentElement));
    look();
    const events = ["scroll", "resize"];
    for (const each of events) addEventListener(each, look, { passive: true });
    return () => events.forEach((each) => removeEventListener(each, look));
  }, []);
  const style = place ? { "--x": `${place.x}px`, "--up": `${place.up}px` } : {};
  return html`<p class="more-below" ref=${here} style=${style} hidden=${!place} aria-hidden="true">${t("options.more")}</p>`;
}

/** Where the word stands; null: half of the last option is to be seen. @param {HTMLElement | null | undefined} options */
function place_under(options) {
  const last = options?.querySelector(".choice:last-of-type")?.getBoundingClientRect();
  if (!options || !last) return null;
  const feet = [...(options.parentElement?.querySelectorAll(".send-row, .phone-status") ?? [])].map((foot) => foot.getBoundingClientRect());
  const fold = Math.min(innerHeight, ...feet.filter(({ left, right }) => left < last.right && right > last.left).map(({ top }) => top));
  const { left, width } = options.getBoundingClientRect();
  return last.top + last.height / 2 > fold ? { x: left + width / 2, up: innerHeight - fold } : null;
}
