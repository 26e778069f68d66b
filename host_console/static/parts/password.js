/**
 * Signing in by a password: it is asked for by a guest, and what comes back is the token of a host. The password is kept only until the
 * server has answered.
 */
import { signal } from "@preact/signals";

/** What a page may ask for besides the key, as the server says: `password`, `name`, `open`. */
const ways_in = new Set((document.body.dataset.signIn ?? "").split(" "));

/** A password can be had. */
export const is_asked = ways_in.has("password");

/** Hosts have names. */
export const has_names = ways_in.has("name");

/** Strangers could read it on its way: it is not even sent. */
export const is_open = ways_in.has("open") && !isSecureContext;

/** Whoever shares this network could. */
export const is_plain = !isSecureContext;

export class PasswordSignIn {
  /** @param {import("/browser/session.js").Session} session */
  constructor(session) {
    this.session = session;
    /** Whether an answer is waited for, and why the last one was no. */
    this.state = signal({ asks: false, why: "" });
    /** @type {{name: string, password: string} | null} */
    this.wanted = null;
    session.on("welcome", (welcome) => this.welcomed(welcome.role));
    session.on("refused", (refused) => refused.to === "sign_in" && this.told(refused.code));
  }

  /** Says it on a connection of its own, which begins as a guest's. @param {string} name @param {string} password */
  ask(name, password) {
    this.wanted = { name, password };
    this.state.value = { asks: true, why: "" };
    this.session.keep(undefined);
    this.session.start_over();
  }

  /** @param {string} role */
  welcomed(role) {
    if (role !== "guest") this.told("");
    else if (this.wanted) this.session.send({ t: "sign_in", ...this.wanted, ...this.session.extra });
  }

  /** @param {string} why */
  told(why) {
    this.wanted = null;
    this.state.value = { asks: false, why };
  }
}
