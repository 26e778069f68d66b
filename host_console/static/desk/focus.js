/**
 * Who has the keyboard: the grid, which is one stop of Tab and moves a cursor of its own, or a control beside it. Within the grid Tab is
 * the next cell, as in a spreadsheet; Escape lets go, and Tab then walks on from there.
 */
export const GRID = "desk-grid";

const CONTROLS = "button:not([disabled]), input:not([disabled]), a[href]";
/** What a button means for itself; every other key is still the grid's. */
const OF_BUTTONS = new Set(["Enter", "NumpadEnter", "Space", "Tab"]);

/** @param {KeyboardEvent} event */
export function is_of_grid({ target, code }) {
  if (!(target instanceof Element)) return true;
  return !target.closest("input, [role=dialog]") && !(target.closest("a, button") && OF_BUTTONS.has(code));
}

export function take_keys() {
  document.getElementById(GRID)?.focus({ preventScroll: true });
}

/** To the first control after the grid. */
export function let_go() {
  const grid = document.getElementById(GRID);
  const follows = (/** @type {HTMLElement} */ each) => each.offsetParent && (grid?.compareDocumentPosition(each) ?? 0) === Node.DOCUMENT_POSITION_FOLLOWING;
  const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(CONTROLS)]);
  all.find(follows)?.focus();
}
