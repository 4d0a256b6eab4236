// The page without anybody's answers: what the service worker may keep, so that a reload works without a network, and
// what the language switch puts in place.

import { itemsIn } from "./items.js"
import { keepMedia, mediaOf } from "./media.js"

export const shelf = "surveyd-1"

/** @param {Document} doc @returns {string} the page as everybody gets it */
export function blankOf(doc) {
  const copy = /** @type {HTMLElement} */ (doc.documentElement.cloneNode(true))
  copy.classList.remove("on")
  for (const input of copy.querySelectorAll("[checked]")) input.removeAttribute("checked")
  for (const input of copy.querySelectorAll(".item input:not([type])")) input.setAttribute("value", "")
  for (const area of copy.querySelectorAll("textarea")) area.textContent = ""
  for (const extra of copy.querySelectorAll("#summary,.item .problem,[name=confirmed]")) extra.remove()
  for (const page of copy.querySelectorAll("[data-seconds]")) page.setAttribute("data-seconds", "0")
  for (const item of itemsIn(copy)) item.classList.remove("wrong", "blank")
  const form = /** @type {HTMLElement} */ (copy.querySelector("#survey"))
  form.dataset.seq = form.dataset.reached = "0"
  form.dataset.shelf = ""
  form.querySelector("[name=_seq]")?.setAttribute("value", "0")
  return "<!doctype html>" + copy.outerHTML
}

/**
 * Registers the service worker and gives it the blank pages. One student at a time: those of the last one go.
 * @param {Record<string, string>} pages by language @param {string} policy the content security policy they came with
 */
export async function keepShell(pages, policy) {
  if (!("serviceWorker" in navigator)) return
  try {
    await navigator.serviceWorker.register("/sw.js")
    const cache = await caches.open(shelf)
    const files = [...document.querySelectorAll("link[rel=stylesheet],script[src]")].map((file) => file.getAttribute("href") || file.getAttribute("src") || "")
    const media = mediaOf(pages)
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url)
      if (pathname !== location.pathname && !files.includes(pathname) && !media.includes(pathname)) await cache.delete(request)
    }
    await cache.addAll(files)
    for (const lang in pages) {
      await cache.put(location.pathname + "?lang=" + lang, new Response(pages[lang], {
        headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy },
      }))
    }
    await keepMedia(cache, media)
  } catch { /* a browser that keeps nothing: a reload then needs the network */ }
}

/** The survey in another language as it was put on the shelf. @param {string} lang @returns {Promise<string>} empty when it is not there */
export async function shelved(lang) {
  try {
    return await (await caches.match(location.pathname + "?lang=" + lang))?.text() || ""
  } catch {
    return "" // nothing was kept
  }
}

/** Takes the pages of a survey off the device. */
export async function dropShell() {
  try {
    const cache = await caches.open(shelf)
    for (const request of await cache.keys()) if (new URL(request.url).pathname.startsWith("/s/")) await cache.delete(request)
  } catch { /* nothing was kept */ }
}
