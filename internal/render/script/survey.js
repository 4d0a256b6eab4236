// The survey with a script: a page at a time, every answer kept at once, the other language at hand. Without this file
// the same page is a plain form that works to the end.

import { canKeep, createDraft } from "./draft.js"
import { idOf, itemsIn, valuesOf } from "./items.js"
import { createPages } from "./pages.js"
import { createQueue } from "./queue.js"
import { startClock } from "./clock.js"
import { showOnce } from "./leave.js"
import { blankOf, keepShell, shelved } from "./shell.js"
import { say } from "./words.js"

const base = location.pathname.replace(/survey$/, "")
const sid = base.split("/")[2]
const html = document.documentElement
const form = () => /** @type {HTMLFormElement} */ (document.getElementById("survey"))
const switches = () => /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".languages button")])

const fromShelf = "shelf" in form().dataset // without a network: what is stored is not in the page
/** Blank pages by language. @type {Record<string, string>} */
const blanks = { [html.lang]: blankOf(document) }
/** What was answered since the page came. @type {Set<string>} */
const touched = new Set()
const pointedOut = document.getElementById("summary")
let confirmed = !!form().querySelector("[name=confirmed]")
let reached = Number(form().dataset.reached)
let leaving = false
let sending = false
let opened = false // the device's copy has been read: before, it must not be overwritten
/** The other languages and the key are on their way, or here. @type {Promise<void> | null} */
let background = null
let pause = 4000 // ms until they are asked for again
/** @type {Status} */
let status = ""
let heard = "" // what a screen reader was told last

html.classList.add("on")

const draft = createDraft(sid)
const clock = startClock(Object.fromEntries([...document.querySelectorAll("[data-seconds]")].map((page) =>
  [page.getAttribute("data-page"), Number(page.getAttribute("data-seconds"))])))

const hooks = {
  /** @param {string} id @param {string[]} values */
  answered(id, values) {
    touched.add(id)
    queue.put(id, values)
  },
  /** @param {string} page */
  turned(page) {
    clock.turnTo(page)
    reached = Math.max(reached, pages.seen())
  },
}

const queue = createQueue(base, Number(form().dataset.seq), {
  circumstances: () => ({ language: html.lang, reached, seconds: clock.read(), order: pages.order() }),
  everything: () => pages.read(),
  refresh: async () => !!await fetchPage(html.lang),
  status: show,
  changed() {
    const unsent = queue.unsent()
    if (Object.keys(unsent).length && status === "saved") show("saving")
    if (opened) void draft.write(Object.keys(unsent).length && !leaving ? { answers: unsent, seq: queue.seq() } : null)
  },
  problems(list) {
    const again = sending
    setSending(false)
    pages.complain(list)
    const seen = list.filter(({ item }) => pages.shows(item))
    if (!seen.length) return again ? send() : undefined
    if (again) pages.visit(seen[0].item)
    show("wrong")
  },
  finished,
})

let pages = createPages(sid, hooks)

function finished() {
  leaving = true
  void draft.write(null)
  location.replace(base + "thanks?lang=" + html.lang)
}

/** @typedef {import("./queue.js").Status | "wrong" | "shelf" | ""} Status */

/** One calm line. A screen reader is told only what is news: not each answer that is on its way. @param {Status} now */
function show(now) {
  if (now === "saved" && Object.keys(pages.wrong()).length) now = "wrong"
  status = now
  const line = /** @type {HTMLElement} */ (document.getElementById("state"))
  const waiting = now === "offline" || now === "busy" || now === "shelf"
  line.dataset.is = waiting ? "waiting" : now === "saved" ? "saved" : now === "saving" || now === "sending" ? "saving" : "wrong"
  const kept = draft.ready()
  const words = say(now === "offline" && !kept ? "offline-memory" : now === "session" && kept ? "session-kept" : now)
  if (line.textContent !== words) line.textContent = words
  if (now !== "saving") tell(words)
  if (now === "session" || now === "closed" || now === "refused") {
    setSending(false)
    if (now === "closed") leaving = true
    const link = document.createElement("a")
    link.href = now === "closed" ? base + "thanks?lang=" + html.lang : "/?lang=" + html.lang
    link.textContent = say(now === "closed" ? "finish" : "again")
    if (now === "session") leadBack(link, kept)
    line.append(" ", link)
  }
  if (now === "saved") void fetchOthers()
}

let asks = true // before what was not sent yet is left

/** The code is typed here where the device has a copy, else beside this page, which goes on when the student is back.
 * @param {HTMLAnchorElement} link @param {boolean} kept */
function leadBack(link, kept) {
  if (kept) {
    link.addEventListener("click", () => { asks = false })
  } else {
    link.target = "_blank"
    link.rel = "noopener"
  }
}

/** @param {string} words */
function tell(words) {
  if (heard === words) return
  heard = words
  const news = /** @type {HTMLElement} */ (document.getElementById("news"))
  news.textContent = words
}

function setSending(/** @type {boolean} */ yes) {
  sending = yes
  pages.hold(yes)
}

function send() {
  setSending(true)
  queue.submit()
}

// Enter on a link is also heard by the field that the link leads to: only where it went down does it lead on.
/** @type {EventTarget | null} */
let pressed = null
document.addEventListener("keydown", (event) => { pressed = event.target })

document.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter)
  event.preventDefault()
  if (button?.value.startsWith("switch:")) return void switchTo(button.value.slice(7))
  if (button?.id !== "send") return pressed === document.activeElement ? pages.enter() : undefined
  if (sending || queue.stopped()) return
  if (pages.unanswered().length && !confirmed) {
    confirmed = true
    return pages.pointOut()
  }
  send()
})

/** Puts the page in another language in place, with everything where it was. @param {string} lang */
async function switchTo(lang) {
  if (lang === html.lang) return
  if (!blanks[lang]) await fetchOthers()
  if (!blanks[lang]) blanks[lang] = await shelved(lang)
  if (!blanks[lang]) {
    if (!queue.stopped()) show("offline")
    return
  }
  const doc = new DOMParser().parseFromString(blanks[lang], "text/html")
  const answers = pages.read()
  const at = pages.at()
  const wrong = pages.wrong()
  const pointedOut = !!document.querySelector("#summary") && confirmed
  for (const place of [".languages", "main"]) document.querySelector(place)?.replaceWith(document.adoptNode(/** @type {Element} */ (doc.querySelector(place))))
  html.lang = lang
  document.title = doc.title
  history.replaceState(null, "", "?lang=" + lang)
  pages = createPages(sid, hooks)
  pages.fill({ ...answers, ...wrong })
  pages.turn(at, true)
  if (pointedOut) pages.pointOut(true)
  pages.hold(sending)
  noteDraft()
  if (status) show(status)
  setTimeout(() => tell(say("switched")), 100) // a region that has just come is not listened to
  switches().find((button) => button.lang === lang)?.focus()
  for (const id in wrong) hooks.answered(id, wrong[id]) // what is wrong with it is said in the new language
}

function noteDraft() {
  if (canKeep()) return
  const note = Object.assign(document.createElement("p"), { className: "hint", textContent: say("nodraft") })
  form().before(note)
}

/**
 * Fetches the page in a language: for the switch, for what another device has saved, and for the draft's key.
 * @param {string} lang @returns {Promise<Headers | null>} null when there is none to be had now
 */
async function fetchPage(lang) {
  try {
    const reply = await fetch(base + "survey?lang=" + lang, { cache: "no-store", redirect: "manual" })
    if (reply.type === "opaqueredirect") queue.stop(finished)
    if (reply.status === 401 || reply.status === 403) queue.stop(() => show("session"))
    if (!reply.ok) return null
    const doc = new DOMParser().parseFromString(await reply.text(), "text/html")
    const theirs = doc.getElementById("survey")
    if (!theirs) return null
    if (doc.documentElement.lang === lang && !blanks[lang]) blanks[lang] = blankOf(doc)
    adopt(itemsIn(doc), Number(theirs.dataset.seq))
    return reply.headers
  } catch {
    return null
  }
}

/** Fetches in the background what is not here yet, and asks again until it is. */
function fetchOthers() {
  return background ||= gather().then((done) => {
    if (done) return
    background = null
    if (!queue.stopped()) setTimeout(fetchOthers, pause)
    pause = Math.min(60000, pause * 2)
  })
}

async function gather() {
  /** @type {Headers | null} */
  let headers = null
  const others = switches().map((button) => button.lang).filter((lang) => !blanks[lang])
  for (const lang of others.length ? others : [html.lang]) {
    headers = await fetchPage(lang)
    if (!headers) return false
  }
  await unlock(headers && headers.get("Surveyd-Draft-Key"))
  const policy = headers && headers.get("Content-Security-Policy")
  if (policy) await keepShell(blanks, policy)
  return true
}

/** Takes over what the server has, but for what it has not yet been sent. @param {HTMLElement[]} items @param {number} seq */
function adopt(items, seq) {
  if (seq < queue.seq()) return // it was written before the last save
  /** @type {Record<string, string[]>} */
  const answers = {}
  const mine = pages.read()
  const unsent = queue.unsent()
  for (const item of items) {
    const id = idOf(item)
    const values = valuesOf(item)
    if (!unsent[id] && id in mine && mine[id].join() !== values.join()) answers[id] = values
  }
  queue.learn(seq)
  if (status === "shelf") show("saved")
  if (!Object.keys(answers).length) return
  pages.fill(answers)
  if (!touched.size) pages.turn(pages.firstOpen(), true)
}

/** Opens the device's copy and sends what is in it. @param {string | null} key */
async function unlock(key) {
  await draft.unlock(key)
  if (opened || !draft.ready()) return
  const kept = await draft.read()
  opened = true
  if (!kept) return queue.idle() ? undefined : draft.write({ answers: queue.unsent(), seq: queue.seq() })
  /** @type {Record<string, string[]>} */
  const fresh = {}
  const mine = pages.read()
  const moved = queue.seq() > kept.seq // another device has saved since: what it has stored stays
  for (const id in kept.answers) if (!touched.has(id) && !(moved && mine[id]?.length)) fresh[id] = kept.answers[id]
  const begun = touched.size > 0
  pages.fill(fresh)
  for (const id in fresh) hooks.answered(id, fresh[id])
  if (!begun) pages.turn(pages.firstOpen(), true)
}

addEventListener("pagehide", () => queue.flush())
showOnce(() => location.reload())
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") queue.flush()
  else if (status === "session") queue.resume()
})
addEventListener("beforeunload", (event) => { if (!leaving && asks && !queue.idle()) event.preventDefault() })
addEventListener("online", () => void fetchOthers())

noteDraft()
pages.turn(queue.idle() && Number(form().dataset.seq) ? pages.firstOpen() : 0, true)
const first = pointedOut?.querySelector("a")
if (pointedOut && first) {
  pages.visit((first.getAttribute("href") || "").slice(3))
  pointedOut.focus()
}
if (fromShelf) show("shelf")
else if (!navigator.onLine) show("offline")
const inBackground = () => setTimeout(async () => {
  await unlock(null)
  await fetchOthers()
}, 300)
if (document.readyState === "complete") inBackground()
else addEventListener("load", inBackground)
