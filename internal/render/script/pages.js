// One page of the survey at a time, or for early readers one question: where the student is, what is shown there, and how
// far it is to the end.

import { applyConditions, focusItem, idOf, isText, itemsIn, setValues, textOf, valuesOf } from "./items.js"
import { shufflePage } from "./shuffle.js"
import { say } from "./words.js"

/**
 * @typedef {import("./queue.js").Answers} Answers
 * @typedef {object} Hooks
 * @property {(id: string, values: string[]) => void} answered
 * @property {(page: string) => void} turned
 */

/** Takes over the form that stands in the page now. @param {string} sid @param {Hooks} hooks */
export function createPages(sid, hooks) {
  const form = /** @type {HTMLFormElement} */ (document.getElementById("survey"))
  const sections = /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".page")])
  const items = itemsIn(form)
  const [back, next, send, progress] = ["back", "next", "send", "progress"].map((id) => /** @type {any} */ (document.getElementById(id)))
  const one = "early" in form.dataset
  let at = 0

  for (const section of sections) if ("shuffle" in section.dataset) shufflePage(section, sid + section.dataset.page)
  for (const item of items) addClear(item)
  applyConditions(items)
  /** What is shown at a time. @type {{page: number, items: HTMLElement[]}[]} */
  const screens = sections.flatMap((section, page) => one ? itemsIn(section).map((item) => ({ page, items: [item] })) : [{ page, items: itemsIn(section) }])
  const screenOf = (/** @type {HTMLElement | undefined} */ item) => screens.findIndex(({ items }) => item && items.includes(item))
  progress.hidden = screens.length < 2
  // What has the focus is never scrolled to behind the bar, however many lines that has.
  const bar = /** @type {HTMLElement} */ (progress.parentElement)
  new ResizeObserver(() => document.documentElement.style.setProperty("--bar", bar.offsetHeight + "px")).observe(bar)

  const open = (/** @type {number} */ i) => screens[i].items.some((item) => !item.hidden)

  /** The nearest screen that shows anything, from i on in the given direction; -1 for none. @param {number} i @param {1 | -1} step */
  function nearest(i, step) {
    while (i >= 0 && i < screens.length && !open(i)) i += step
    return i < screens.length ? i : -1
  }

  function layOut() {
    const last = nearest(at + 1, 1) < 0
    const now = screens[at]
    sections.forEach((section, i) => { section.hidden = i !== now.page })
    back.hidden = nearest(at - 1, -1) < 0
    next.hidden = last
    send.hidden = !last
    const all = one ? screens.filter((_, i) => open(i)) : screens
    const where = { page: all.indexOf(now) + 1, pages: all.length }
    progress.max = where.pages
    progress.value = where.page
    progress.setAttribute("aria-valuetext", say(one ? "question" : "progress", where))
    if (one) {
      for (const { items } of screens) items[0].classList.toggle("off", items !== now.items)
      const heading = /** @type {HTMLElement} */ (sections[now.page].querySelector("h2"))
      if (!heading.querySelector("small")) heading.prepend(document.createElement("small"), " ")
      const small = /** @type {HTMLElement} */ (heading.querySelector("small"))
      small.textContent = say("question", where)
    }
  }

  /** @param {number} i @param {boolean} [quietly] without taking the focus */
  function turn(i, quietly) {
    at = i
    layOut()
    const section = sections[screens[at].page]
    hooks.turned(section.dataset.page || "")
    document.dispatchEvent(new Event("turned")) // who reads aloud begins anew
    if (quietly) return
    scrollTo(0, 0)
    section.querySelector("h2")?.focus({ preventScroll: true })
  }

  const go = (/** @type {1 | -1} */ step) => {
    const to = nearest(at + step, step)
    document.getElementById("summary")?.remove()
    if (to >= 0) turn(to)
  }
  back.addEventListener("click", () => go(-1))
  next.addEventListener("click", () => go(1))

  // The second click of a double one would fall on the button that took the place of the first.
  bar.addEventListener("click", (event) => {
    if (event.detail > 1) {
      event.preventDefault()
      event.stopPropagation()
    }
  }, true)

  function answered(/** @type {HTMLElement} */ item) {
    item.classList.remove("wrong", "blank")
    item.querySelector(".problem")?.remove()
    item.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid")
    applyConditions(items)
    layOut()
    hooks.answered(idOf(item), valuesOf(item))
  }

  form.addEventListener("input", (event) => {
    const item = /** @type {HTMLElement} */ (event.target).closest?.(".item")
    if (item) answered(/** @type {HTMLElement} */ (item))
  })
  form.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target)
    const item = /** @type {HTMLElement | null} */ (target.closest(".item"))
    if (item && target.closest(".clear")) {
      setValues(item, [])
      focusItem(item)
      answered(item)
    }
    const link = target.closest("#summary a")
    if (link) {
      event.preventDefault()
      visit((link.getAttribute("href") || "").slice(3))
    }
  })
  /** Goes to the page of an item and to the item. @param {string} id */
  function visit(id) {
    const item = items.find((other) => idOf(other) === id)
    const i = screenOf(item)
    if (!item || item.hidden || i < 0) return
    turn(i, true)
    focusItem(item)
  }

  const unanswered = () => items.filter((item) => !item.hidden && !isText(item) && !valuesOf(item).length)

  /** Lists items on top of the page that is open. @param {string} title @param {string} hint @param {HTMLElement[]} list @param {boolean} [quietly] */
  function summarize(title, hint, list, quietly) {
    document.getElementById("summary")?.remove()
    const box = document.createElement("div")
    box.className = box.id = "summary"
    box.tabIndex = -1
    if (!quietly) box.setAttribute("role", "alert")
    const heading = document.createElement("h2")
    heading.textContent = title
    const links = document.createElement("ul")
    for (const item of list) {
      const link = document.createElement("a")
      link.href = "#q-" + idOf(item)
      link.textContent = textOf(item)
      const line = document.createElement("li")
      line.append(link)
      links.append(line)
    }
    const text = document.createElement("p")
    text.textContent = hint
    box.append(heading, text, links)
    form.prepend(box)
    if (quietly) return
    scrollTo(0, 0)
    box.focus({ preventScroll: true })
  }

  return {
    unanswered, visit,
    /** Lists what has no answer, with a link to each. @param {boolean} [quietly] without taking the focus */
    pointOut(quietly) {
      const open = unanswered()
      for (const item of open) item.classList.add("blank")
      const title = open.length > 1 ? say("blank-many", { n: open.length }) : say("blank-one")
      if (open.length) summarize(title, say("blank-hint"), open, quietly)
    },
    /** Answers that were refused: each in its place, until it changes. @returns {Answers} */
    wrong: () => Object.fromEntries(items.filter((item) => item.classList.contains("wrong")).map((item) => [idOf(item), valuesOf(item)])),
    /** @param {string} id */
    shows: (id) => items.some((item) => idOf(item) === id && !item.hidden),
    /** While everything is sent nothing changes. @param {boolean} yes */
    hold(yes) {
      for (const section of sections) section.inert = yes
      back.disabled = yes
      send.setAttribute("aria-disabled", yes)
    },
    /** What the Enter key does in a field: it never sends. */
    enter() { if (!next.hidden) go(1) },
    turn: (/** @type {number} */ i, /** @type {boolean} */ quietly) => turn(Math.max(0, Math.min(i, screens.length - 1)), quietly),
    at: () => at,
    /** How many pages have come so far, those of the file. */
    seen: () => screens[at].page + 1,
    /** Where somebody who comes back goes on: at the first question without an answer. */
    firstOpen() {
      const first = unanswered()[0]
      return first ? screenOf(first) : nearest(screens.length - 1, -1)
    },
    /** @param {Answers} answers */
    fill(answers) {
      for (const item of items) if (answers[idOf(item)]) setValues(item, answers[idOf(item)])
      applyConditions(items)
      layOut()
    },
    /** @returns {Answers} every answer, empty ones too; what was refused and cannot be seen any more is none */
    read: () => Object.fromEntries(items.map((item) => [idOf(item), item.hidden && item.classList.contains("wrong") ? [] : valuesOf(item)])),
    /** @returns {Record<string, string[]>} the order in which shuffled pages stand */
    order: () => Object.fromEntries(sections.filter((section) => "shuffle" in section.dataset)
      .map((section) => [section.dataset.page, itemsIn(section).map(idOf)])),
    /** @param {{item: string, message: string}[]} problems */
    complain(problems) {
      for (const { item: id, message } of problems) {
        const item = items.find((other) => idOf(other) === id)
        if (!item) continue
        item.classList.add("wrong")
        item.querySelector("input:not([type]),textarea")?.setAttribute("aria-invalid", "true")
        item.querySelector(".problem")?.remove()
        const words = document.createElement("strong")
        words.className = "problem"
        words.id = "e-" + id
        words.setAttribute("role", "alert")
        words.textContent = message
        const after = item.querySelector("legend,th")
        if (after) after.append(words)
        else item.querySelector("label")?.after(words)
      }
    },
  }
}

/** A choice cannot be taken back by the browser's own means. @param {HTMLElement} item */
function addClear(item) {
  if (!item.querySelector("[type=radio]")) return
  const button = document.createElement("button")
  button.type = "button"
  button.className = "clear"
  button.title = say("clear")
  button.append(Object.assign(document.createElement("span"), { textContent: say("clear") }))
  button.setAttribute("aria-label", say("clear-of", { question: textOf(item) }))
  if (item.tagName !== "TR") return item.append(button)
  const cell = document.createElement("td")
  cell.className = "unset"
  cell.append(button)
  item.append(cell)
  const head = item.closest("table")?.querySelector("thead tr")
  if (head && !head.querySelector(".unset")) head.append(Object.assign(document.createElement("td"), { className: "unset" }))
}
