/**
 * A staff page's session: the key stands behind the # of the first address, goes into this device's storage and out of the address
 * bar, where it could be read from a photo of the screen.
 */
import { Session } from "/browser/session.js";
import { browser_words } from "./browser_words.js";

const HOST = "quiz.host";
const KEY = /^#([A-Za-z0-9_-]{16,128})$/;

/**
 * @param {string} store where the key is kept
 * @param {Record<string, any>} [hello]
 */
export function staff_session(store, hello = {}) {
  const session = new Session({ store, hello: store === HOST ? { browser: browser_words(), ...hello } : hello });
  const key = KEY.exec(location.hash)?.[1];
  if (key) session.keep(key);
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return session;
}

/** Whether somebody has to sign in here first. @param {Session} session */
export function is_out(session) {
  const is_guest = session.welcome.value?.role === "guest"; // read whatever the rest is: signing in changes it, and maybe nothing else
  return is_guest || !session.token || out_because(session.link_state.value) !== "";
}

/** Why the server lets nobody in by this key, "" while it does. @param {{state: string, reason: string}} link */
export function out_because(link) {
  return link.state === "ended" && ["unknown_token", "signed_out"].includes(link.reason) ? link.reason : "";
}
