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
  if (pathname.startsWith("/media/")) {
    event.respondWith(media(request))
  } else if (pathname.startsWith("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)))
  } else if (request.mode === "navigate" && /^\/s\/[^/]+\/survey$/.test(pathname)) {
    event.respondWith(fetch(request).catch(async () =>
      await caches.match(request) || await caches.match(request, { ignoreSearch: true }) || Response.error()))
  }
})

/** A picture or recording. Recordings are asked for in parts. @param {Request} request */
async function media(request) {
  const kept = await caches.match(request.url)
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") || "")
  if (!kept || !asked) return kept || fetch(request)
  const whole = await kept.blob()
  const end = Math.min(asked[2] ? Number(asked[2]) : whole.size, whole.size - 1)
  return new Response(whole.slice(Number(asked[1]), end + 1), { status: 206, headers: {
    "Content-Type": kept.headers.get("Content-Type") || "", "Content-Range": `bytes ${asked[1]}-${end}/${whole.size}`,
  } })
}
