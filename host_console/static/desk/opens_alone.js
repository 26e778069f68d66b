/**
 * The desk opens without a server where the browser lets it: over https, and on this very machine. Elsewhere it still keeps what is
 * entered, and says what it cannot do.
 */
import { signal } from "@preact/signals";

const WORKER = "/desk-worker.js";

/** The page and all it needs are on this device. */
export const opens_alone = signal(false);

export const can_open_alone = isSecureContext && "serviceWorker" in navigator;

export async function keep_page() {
  if (!can_open_alone) return;
  try {
    await navigator.serviceWorker.register(/** @type {any} */ (trusted(WORKER)), { scope: "/desk" });
    await navigator.serviceWorker.ready;
    opens_alone.value = true;
  } catch {
    opens_alone.value = Boolean(navigator.serviceWorker.controller); // there is no server now, and maybe there was one before
  }
}

/** A script's address goes to the browser only through a policy, which knows this one. @param {string} address */
function trusted(address) {
  const types = /** @type {any} */ (window).trustedTypes;
  return types ? types.createPolicy("desk-worker", { createScriptURL: () => WORKER }).createScriptURL(address) : address;
}
