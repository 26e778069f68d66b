/** People at desks, in words. */
import { t } from "/browser/words.js";

/** By name, or by number once the name is forgotten. @param {{called?: string, number?: number}} person */
export function person_words({ called, number }) {
  return called || t("scorekeeper.n", { n: number ?? 0 });
}
