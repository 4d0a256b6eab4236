// The survey with a script: a page at a time, every answer kept at once, the other language at hand. Without this file
// the same page is a plain form that works to the end.

import { canKeep, createDraft } from "./draft.js"
import { idOf, itemsIn, valuesOf } from "./items.js"
import { createPages } from "./pages.js"
import { createQueue } from "./queue.js"
import { startClock } from "./clock.js"
import { blankOf, keepShell } from "./shell.js"
import { say } from "./words.js"

const base = location.pathname.replace(/survey$/, "")
const sid = base.split("/")[2]
const html = document.documentElement
const form = () => /** @type {HTMLFormElement} */ (document.getElementById("survey"))
const switches = () => /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll(".languages button")])

/** Blank pages by language. @type {Record<string, string>} */
const blanks = { [html.lang]: blankOf(document) }
/** What was answered since the page came. @type {Set<string>} */
const touched = new Set()
const pointedOut = document.getElementById("summary")
let confirmed = !!form().querySelector("[name=confirmed]")
let reached = Number(form().dataset.reached)
let leaving = false
let background = false // the other languages and the key are here
let opened = false // the device's copy has been read: before, it must not be overwritten

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
    reached = Math.max(reached, pages.at() + 1)
  },
}

const queue = createQueue(base, Number(form().dataset.seq), {
  circumstances: () => ({ language: html.lang, reached, seconds: clock.read(), order: pages.order() }),
  everything: () => pages.read(),
  status: show,
  changed() {
    const unsent = queue.unsent()
    if (opened) void draft.write(Object.keys(unsent).length && !leaving ? { answers: unsent } : null)
  },
  problems(list) {
    if (form().querySelector("#send[disabled]")) pages.visit(list[0].item)
    setSending(false)
    pages.complain(list)
    show("wrong")
  },
  finished() {
    leaving = true
    void draft.write(null)
    location.replace(base + "thanks?lang=" + html.lang)
  },
})

let pages = createPages(sid, hooks)

/** One calm line. What is read aloud changes only when there is news. @param {import("./queue.js").Status | "wrong"} status */
function show(status) {
  const line = /** @type {HTMLElement} */ (document.getElementById("state"))
  const waiting = status === "offline" || status === "busy"
  line.dataset.is = waiting ? "waiting" : status === "saved" ? "saved" : status === "saving" || status === "sending" ? "saving" : "wrong"
  if (status === "saving" && line.textContent) return
  const words = status === "wrong" ? say("wrong") : say(waiting && !draft.ready() ? "offline-memory" : status)
  if (line.textContent !== words) line.textContent = words
  if (status === "session" || status === "closed" || status === "refused") {
    setSending(false)
    leaving = status === "closed"
    const link = document.createElement("a")
    link.href = status === "closed" ? base + "thanks?lang=" + html.lang : "/?lang=" + html.lang
    link.textContent = say(status === "closed" ? "finish" : "again")
    line.append(" ", link)
  }
  if (status === "saved") void fetchOthers()
}

function setSending(/** @type {boolean} */ yes) {
  /** @type {HTMLButtonElement} */ (document.getElementById("send")).disabled = yes
}

document.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter)
  const lang = button?.value.startsWith("switch:") ? button.value.slice(7) : ""
  if (lang && lang !== html.lang && !blanks[lang] && navigator.onLine) {
    leaving = true // the server changes the language, and keeps what the form holds
    return
  }
  event.preventDefault()
  if (lang) return switchTo(lang)
  if (button?.id !== "send") return pages.enter()
  const open = pages.unanswered()
  if (open.length && !confirmed) {
    confirmed = true
    for (const item of open) item.classList.add("blank")
    pages.summarize(open.length > 1 ? say("blank-many", { n: open.length }) : say("blank-one"), say("blank-hint"), open)
    return
  }
  setSending(true)
  queue.submit()
})

/** Puts the page in another language in place, with everything where it was. @param {string} lang */
function switchTo(lang) {
  if (lang === html.lang || !blanks[lang]) return
  const doc = new DOMParser().parseFromString(blanks[lang], "text/html")
  const answers = pages.read()
  const at = pages.at()
  const line = document.getElementById("state")
  for (const place of [".languages", "main"]) document.querySelector(place)?.replaceWith(document.adoptNode(/** @type {Element} */ (doc.querySelector(place))))
  html.lang = lang
  document.title = doc.title
  history.replaceState(null, "", "?lang=" + lang)
  pages = createPages(sid, hooks)
  pages.fill(answers)
  pages.turn(at, true)
  noteDraft()
  const news = /** @type {HTMLElement} */ (document.getElementById("state"))
  news.dataset.is = line?.dataset.is || ""
  news.textContent = say("switched")
  switches().find((button) => button.lang === lang)?.focus()
}

function noteDraft() {
  if (canKeep()) return
  const note = Object.assign(document.createElement("p"), { className: "hint", textContent: say("nodraft") })
  form().before(note)
}

/** Fetches the page in the other languages: for the switch, for what another device has saved, and for the draft's key. */
async function fetchOthers() {
  if (background) return
  background = true
  let policy = ""
  /** @type {string | null} */
  let key = null
  const others = switches().map((button) => button.lang).filter((lang) => !blanks[lang])
  for (const lang of others.length ? others : [html.lang]) {
    try {
      const reply = await fetch(base + "survey?lang=" + lang, { cache: "no-store" })
      const doc = new DOMParser().parseFromString(await reply.text(), "text/html")
      const theirs = /** @type {HTMLElement | null} */ (doc.getElementById("survey"))
      if (!reply.ok || !theirs) continue
      key = reply.headers.get("Surveyd-Draft-Key")
      policy = reply.headers.get("Content-Security-Policy") || ""
      if (doc.documentElement.lang === lang && !blanks[lang]) blanks[lang] = blankOf(doc)
      adopt(itemsIn(doc), Number(theirs.dataset.seq))
    } catch {
      background = false // no network: the next saved answer asks again
    }
  }
  if (!background) return
  await unlock(key)
  if (policy) await keepShell(blanks, policy)
}

/** Takes over what the server has and this page does not. @param {HTMLElement[]} items @param {number} seq */
function adopt(items, seq) {
  /** @type {Record<string, string[]>} */
  const answers = {}
  const mine = pages.read()
  for (const item of items) {
    const id = idOf(item)
    const values = valuesOf(item)
    if (!touched.has(id) && values.length && !mine[id]?.length) answers[id] = values
  }
  queue.learn(seq)
  if (Object.keys(answers).length) pages.fill(answers)
}

/** Opens the device's copy and sends what is in it. @param {string | null} key */
async function unlock(key) {
  await draft.unlock(key)
  if (opened || !draft.ready()) return
  const kept = await draft.read()
  opened = true
  if (!kept) return queue.idle() ? undefined : draft.write({ answers: queue.unsent() })
  /** @type {Record<string, string[]>} */
  const fresh = {}
  for (const id in kept.answers) if (!touched.has(id)) fresh[id] = kept.answers[id]
  const begun = touched.size > 0
  pages.fill(fresh)
  for (const id in fresh) hooks.answered(id, fresh[id])
  if (!begun) pages.turn(pages.firstOpen(), true)
}

addEventListener("pagehide", () => queue.flush())
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") queue.flush() })
addEventListener("beforeunload", (event) => { if (!leaving && !queue.idle()) event.preventDefault() })
addEventListener("pageshow", (event) => { if (event.persisted) location.reload() })
addEventListener("online", () => void fetchOthers())

noteDraft()
pages.turn(queue.idle() && Number(form().dataset.seq) ? pages.firstOpen() : 0, true)
const first = pointedOut?.querySelector("a")
if (pointedOut && first) {
  pages.visit((first.getAttribute("href") || "").slice(3))
  pointedOut.focus()
}
if (!navigator.onLine) show("offline")
const inBackground = () => setTimeout(async () => {
  await unlock(null)
  await fetchOthers()
}, 300)
if (document.readyState === "complete") inBackground()
else addEventListener("load", inBackground)
