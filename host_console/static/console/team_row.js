/** What the list of teams, the card of one and all that is done there share. */
import { signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { view } from "./evening.js";

/** Raised after each change, so that the list is asked for again. */
export const changed = signal(0);

/** @param {any} row */
function where(row) {
  const place = row.venue ? view.value?.venues[row.venue]?.name : t("online");
  return row.muted ? `${place}, ${t("muted")}` : place;
}

/** Where it plays, and how many it is as far as somebody said. @param {any} row */
export function about(row) {
  return row.people ? `${where(row)}, ${t("people.n", { n: row.people })}` : where(row);
}
