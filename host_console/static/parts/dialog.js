/**
 * What lies over a staff page: a title, what it asks, and the way out. No key and no Tab reaches the page below; whoever had the focus gets
 * it back.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";

const TAKES_FOCUS = "button:not([disabled]), input:not([disabled]), select, textarea, a[href], summary";

/**
 * @param {object} props
 * @param {string} props.title
 * @param {() => void} [props.close] without it there is no way out but the answer
 * @param {boolean} [props.wide]
 * @param {any} [props.children] what carries `data-first` has the focus from the first moment, else the dialog itself
 */
export function Dialog({ title, close, wide = false, children }) {
  const sheet = useRef(/** @type {HTMLElement | null} */ (null));
  const closes = useRef(close);
  closes.current = close;
  useLayoutEffect(() => {
    const before = document.activeElement;
    const key = (/** @type {KeyboardEvent} */ event) => sheet.current && pressed(event, sheet.current, closes.current);
    first_of(sheet.current)?.focus();
    addEventListener("keydown", key, { capture: true });
    return () => {
      removeEventListener("keydown", key, { capture: true });
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return html`<div class="overlay" onMouseDown=${(/** @type {MouseEvent} */ event) => beside(event, close)}>
    <section ref=${sheet} class=${`sheet light ${wide ? "" : "is-narrow"}`} role="dialog" aria-modal="true" aria-label=${title} tabindex="-1">
      <header>
        <h2>${title}</h2>
        ${close && html`<button type="button" class="button-close" onClick=${close}>${t("close")} <kbd class="key">Esc</kbd></button>`}
      </header>
      <div class="sheet-body">${children}</div>
    </section>
  </div>`;
}

/** @param {HTMLElement | null} sheet @returns {HTMLElement | null} */
function first_of(sheet) {
  return sheet?.querySelector("[data-first]:not([disabled])") ?? sheet;
}

/**
 * Also where nothing in it has the focus any more: what had it may be gone.
 * @param {KeyboardEvent} event @param {HTMLElement} sheet @param {(() => void) | undefined} close
 */
function pressed(event, sheet, close) {
  if (!(event.target instanceof Node && sheet.contains(event.target))) event.stopPropagation();
  if (event.code === "Escape") close?.();
  if (event.code === "Tab") stay_in(sheet, event);
}

/** After its last control comes its first one. @param {HTMLElement} sheet @param {KeyboardEvent} event */
function stay_in(sheet, event) {
  const all = /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll(TAKES_FOCUS)]);
  const at = all.findIndex((each) => each === document.activeElement);
  if (sheet.contains(document.activeElement) && all[at + (event.shiftKey ? -1 : 1)]) return;
  event.preventDefault();
  (event.shiftKey ? all[all.length - 1] : all[0])?.focus();
}

/**
 * A press beside it closes it, and takes the focus from nothing in it.
 * @param {MouseEvent} event @param {(() => void) | undefined} close
 */
function beside(event, close) {
  if (event.target !== event.currentTarget) return;
  event.preventDefault();
  close?.();
}
