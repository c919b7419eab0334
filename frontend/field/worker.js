// The worker of the field page. It looks at GET alone and keeps the empty shell of the page, never
// what anybody has written: that lies encrypted in the page's own store. SHELL is put before this
// text by the server: the page, the files it needs, and their version.
const CACHE = `field-${self.SHELL.version}`;
const PAGE = self.SHELL.page;
const WAIT_MS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE)
      .then((cache) => cache.addAll([...self.SHELL.files, PAGE]))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("field-") && name !== CACHE);
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The page comes from the network when there is one; a sign-in page is shown but not kept.
async function page(request) {
  const kept = await caches.match(PAGE);
  const fresh = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected && answer.type === "basic") {
      const cache = await caches.open(CACHE);
      await cache.put(PAGE, answer.clone());
    }
    return answer;
  });
  if (!kept) return fresh;
  const late = new Promise((resolve) => { setTimeout(() => resolve(kept), WAIT_MS); });
  return Promise.race([fresh.catch(() => kept), late]);
}

async function file(request) {
  const kept = await caches.match(request, { ignoreSearch: true });
  return kept || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname === PAGE && request.mode === "navigate") event.respondWith(page(request));
  else if (self.SHELL.files.includes(url.pathname)) event.respondWith(file(request));
});
