/** *Collected*: a person's word that no team here writes any more. Without a server it binds this desk, and the server hears it later. */
import { effect } from "@preact/signals";
import { known, learn } from "./memory.js";
import { is_on, session } from "./place.js";

/** What only says that there is no server to hear it. */
const UNHEARD = new Set(["offline", "no_reply", "store_gone"]);

/** Says it, or keeps it until it can be said; why not, if the server does not take it. @param {string} scope */
export async function declare(scope) {
  const done = is_on.value ? await session.ask({ t: "collected", scope }) : { ok: false, refused: { code: "offline" } };
  if (done.ok) return null;
  if (!UNHEARD.has(done.refused.code)) return done.refused;
  await learn({ collected: [...new Set([...known.value.collected, scope])] });
  return null;
}

const AGAIN_MS = 1_500;
const on_its_way = new Set();

/** Tells the server as soon as it can take it: it takes none of a round in which it lets teams write. */
export function tell_collected() {
  effect(() => {
    const told = session.view.value?.scopes;
    if (!told || !is_on.value) return;
    for (const scope of known.value.collected) {
      if (told[scope]?.collected) queueMicrotask(() => heard(scope));
      else if (told[scope]?.closed && !on_its_way.has(scope)) queueMicrotask(() => tell(scope));
    }
  });
}

/** @param {string} scope */
async function tell(scope) {
  on_its_way.add(scope);
  const done = await session.ask({ t: "collected", scope });
  on_its_way.delete(scope);
  if (done.refused?.temporary) setTimeout(() => is_on.value && known.value.collected.includes(scope) && tell(scope), AGAIN_MS);
}

/** The room has its key from here on, with whatever was ruled meanwhile. @param {string} scope */
function heard(scope) {
  const { [scope]: _opened, ...keys } = known.value.keys;
  learn({ collected: known.value.collected.filter((each) => each !== scope), keys });
}
