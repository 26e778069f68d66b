/*
 * Opens the desk without a server: keeps the page and its files, and nothing else. With a server they come from it, so that nobody
 * works with yesterday's page; the files are kept anew whenever this text changes, which says their version.
 */
const { version: VERSION, files: FILES } = KEPT;
const NAME = `desk ${VERSION}`;
const PATIENCE_MS = 2_000; // a Wi-Fi that swallows everything looks like this
const AWAY_MS = 10_000; // for so long nobody waits again

let away_until = 0;

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const path = kept_path(event.request);
  if (path) event.respondWith(answer(event.request, path));
});

async function keep() {
  const kept = await caches.open(NAME);
  await kept.addAll(FILES.map((path) => new Request(path, { cache: "no-cache" })));
  await skipWaiting();
}

async function begin() {
  const old = (await caches.keys()).filter((name) => name.startsWith("desk ") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

/** Under which path this is kept; "" for everything that is none of ours. */
function kept_path({ method, url, mode }) {
  const { origin, pathname, search } = new URL(url);
  if (method !== "GET" || origin !== location.origin || !FILES.includes(pathname)) return "";
  return search && mode !== "navigate" ? "" : pathname;
}

async function answer(request, path) {
  const kept = await (await caches.open(NAME)).match(path);
  if (!kept) return fetch(request);
  if (Date.now() < away_until) return kept;
  try {
    return await soon(fetch(request));
  } catch {
    away_until = Date.now() + AWAY_MS;
    return kept;
  }
}

function soon(answer) {
  return Promise.race([answer, new Promise((_, fail) => setTimeout(() => fail(new Error("silent")), PATIENCE_MS))]);
}
