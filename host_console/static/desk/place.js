/** Where this desk sits: its session, and whether a host or the venue's own key opened it. */
import { computed } from "@preact/signals";
import { staff_session } from "../parts/session.js";

export const asked_for = new URLSearchParams(location.search);

/** A host sits down at any venue's desk with the console's own key. */
const by_host = asked_for.has("venue");
export const role = by_host ? "host" : "desk";

export const session = by_host
  ? staff_session("quiz.host", { battle: asked_for.get("battle") ?? undefined, desk: asked_for.get("venue") })
  : staff_session("quiz.desk");

/** What tells this page's memory from that of another desk on one device. */
export const place = by_host ? `host ${asked_for.get("battle") ?? ""} ${asked_for.get("venue")}` : "desk";

export const is_on = computed(() => ["on", "slow"].includes(session.link_state.value.state));

/** There is no server. While a page opens it is not known yet. */
export const is_away = computed(() => session.link_state.value.state === "off");
