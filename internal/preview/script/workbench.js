// The workbench of one instrument, or the list of a folder's: both follow the files as they are saved.

import { follow } from "./live.js"
import { exchange, part, replaceInto } from "./parts.js"
import { createPanel } from "./panel.js"
import { createScores } from "./scores.js"
import { createViews } from "./views.js"
import { recall, remember } from "./memory.js"

const body = document.body
const key = body.dataset.key || ""

if (body.classList.contains("list")) {
  follow("", (now) => now.list !== Number(body.dataset.rev), async () => {
    const list = await part("/list?ui=" + body.dataset.ui)
    const before = document.getElementById("documents")
    if (before) exchange(before, list)
  }, (now) => { body.dataset.rev = String(now.list) })
} else {
  bench()
}

function bench() {
  const panel = createPanel()
  const scores = createScores(key)
  const views = createViews(key, {
    changed: () => scores.show(views.trial, views.language(), views.answers()),
    moved(screen) {
      const radio = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=screen][value=${screen}]`))
      if (radio) radio.checked = true
    },
  })

  document.addEventListener("change", (event) => {
    const { name, value } = /** @type {HTMLInputElement} */ (event.target)
    if (name === "screen") void views.go(value)
    if (name === "size") views.resize(value)
    if (name === "early") void views.relayout(/** @type {HTMLInputElement} */ (event.target).checked)
    if (name === "language") chooseLanguages()
    if (/** @type {HTMLElement} */ (event.target).id === "grade") scores.regrade()
  })
  document.getElementById("again")?.addEventListener("click", () => void views.restart())
  document.getElementById("pane-tests")?.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button")
    if (!button?.dataset.answers) return
    void views.fill(JSON.parse(button.dataset.answers))
    panel.choose("scores")
    panel.say((body.dataset.filled || "").replace("{test}", button.lastElementChild?.textContent || ""))
  })

  const boxes = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[name=language]")])
  function chooseLanguages() {
    remember("hidden-languages", boxes().filter((box) => !box.checked).map((box) => box.value))
    views.show(boxes().filter((box) => box.checked).map((box) => box.value))
  }
  function recallLanguages() {
    const hidden = recall("hidden-languages", [])
    for (const box of boxes()) box.checked = !hidden.includes(box.value)
    if (!boxes().some((box) => box.checked)) for (const box of boxes()) box.checked = true
    views.show(boxes().filter((box) => box.checked).map((box) => box.value))
  }

  function recallLayout() {
    const box = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=early]"))
    if (box) box.checked = views.early()
  }

  const size = recall("size", "phone")
  const radio = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=size][value=${size}]`))
  if (radio) radio.checked = true
  views.resize(size)
  recallLayout()
  recallLanguages()
  scores.show(views.trial, views.language(), views.answers())

  follow(key, (now) => now.document !== Number(body.dataset.rev), async (now) => {
    // The pages and what is said of them come at the same time: neither waits for the other.
    // Of a file that was deleted from its folder, what was there last stays.
    const anew = now.since > 0 && String(now.since) !== body.dataset.since
    const name = document.querySelector("#heading code")?.textContent || ""
    const [news] = await Promise.all([part(`/i/${key}/part?ui=${body.dataset.ui}&name=${encodeURIComponent(name)}`), anew ? views.renew() : undefined])
    const fresh = /** @type {HTMLElement} */ (news.firstElementChild)
    replaceInto(fresh)
    document.title = fresh.dataset.title || ""
    body.toggleAttribute("data-stale", "stale" in fresh.dataset)
    body.dataset.rev = String(now.document)
    if (now.document) recallLanguages()
    recallLayout()
    if (!anew) return
    body.dataset.since = String(now.since)
    panel.renew()
    scores.show(views.trial, views.language(), views.answers())
  }, () => {})
}
