/** A pack's colours on this page. Set by script: the content policy allows no inline style. */

const SETTABLE = ["accent", "accent-ink", "field", "field-2", "field-ink"];

/** @param {{name: string, colours: Record<string, string>} | undefined} theme */
export function wear(theme) {
  const root = document.documentElement;
  root.dataset.pack = theme?.name ?? "";
  for (const name of SETTABLE) {
    const colour = theme?.colours?.[name];
    if (colour) root.style.setProperty(`--${name}`, colour);
    else root.style.removeProperty(`--${name}`);
  }
}
