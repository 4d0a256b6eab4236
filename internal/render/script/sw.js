// Stands between the pages and the network so that a survey reloads without one. It answers only with what a page has
// put on the shelf: files that never change, and surveys without anybody's answers. It stores nothing by itself.

import { shelf } from "./shell.js"

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self))

worker.addEventListener("install", () => void worker.skipWaiting())

worker.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name)
  await worker.clients.claim()
})()))

worker.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== "GET" || origin !== location.origin) return
  if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)))
  } else if (request.mode === "navigate" && /^\/s\/[^/]+\/survey$/.test(pathname)) {
    event.respondWith(fetch(request).catch(async () =>
      await caches.match(request) || await caches.match(request, { ignoreSearch: true }) || Response.error()))
  }
})
