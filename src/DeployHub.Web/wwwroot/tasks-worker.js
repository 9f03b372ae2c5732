// Lets the checklist of a run open without a network, as it was when it was last looked at. Everything else passes by untouched.
// The page itself puts what it needs into the cache (tasks.js), so that one visit is enough.

const cacheName = "tasks";
const patience = 4000; // a phone in a cellar says it has a network long after nothing comes through
const isChecklist = (url) => /^\/deployments\/[^/]+\/runs\/\d+\/tasks$/.test(url.pathname) && url.search === "";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" ? isChecklist(url) : ["style", "script", "font", "image"].includes(request.destination)) event.respondWith(fromNetworkOrKept(request));
});

async function fromNetworkOrKept(request) {
  const kept = await caches.match(request.url, { cacheName, ignoreVary: true });
  const fresh = fetch(request).then(async (answer) => {
    if (request.mode === "navigate" && answer.ok) await (await caches.open(cacheName)).put(request.url, answer.clone());
    return answer;
  });
  if (!kept) return fresh;
  const tired = new Promise((resolve) => setTimeout(resolve, patience, kept));
  return Promise.race([fresh.catch(() => kept), tired]);
}
