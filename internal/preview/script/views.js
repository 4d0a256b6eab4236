// The frames in which students' pages stand, one for each language, kept in step: what is chosen in one is chosen in all.

import { focusItem, idOf, itemsIn, setValues, valuesOf } from "../../render/script/items.js"
import { fit } from "./size.js"
import { followTo, isTurning, placeIn, returnTo, showItem } from "./place.js"
import { recall, remember } from "./memory.js"

/**
 * @typedef {Record<string, string[]>} Answers
 * @typedef {{lang: string, box: HTMLElement, name: HTMLElement, hole: HTMLElement, frame: HTMLIFrameElement}} View
 * @typedef {object} Hooks
 * @property {() => void} changed an answer has
 * @property {(screen: string) => void} moved a frame shows another of the survey's pages
 */

/** @param {string} key of the document @param {Hooks} hooks */
export function createViews(key, hooks) {
  const place = /** @type {HTMLElement} */ (document.getElementById("views"))
  const trial = `${key}-${recall("trial", "") || newName()}`
  /** @type {View[]} */
  let views = []
  /** @type {Answers} */
  let answers = recall("answers-" + key, {})
  let size = "phone"
  let screen = "survey"
  let early = recall("early", false)

  const address = (/** @type {string} */ lang) => `/s/${trial}/${screen}?lang=${encodeURIComponent(lang)}&layout=${early ? "early" : "own"}`
  /** @param {HTMLIFrameElement} frame */
  const documentOf = (frame) => /** @type {Document} */ (frame.contentDocument)
  const fitAll = () => { for (const view of views) fit(view.hole, view.frame, size) }
  new ResizeObserver(fitAll).observe(place)

  /** @param {string} lang @returns {View} */
  function makeView(lang) {
    const box = document.createElement("section")
    box.className = "view"
    box.dataset.lang = lang
    const name = document.createElement("h3")
    const hole = document.createElement("div")
    hole.className = "hole"
    const view = { lang, box, name, hole, frame: makeFrame() }
    hole.append(view.frame)
    box.append(name, hole)
    watch(view, view.frame)
    view.frame.src = address(lang)
    label(view, lang)
    return view
  }

  function makeFrame() {
    const frame = document.createElement("iframe")
    frame.setAttribute("scrolling", "auto")
    return frame
  }

  /** @param {View} view @param {string} lang */
  function label(view, lang) {
    const box = document.querySelector(`[name=language][value="${lang}"] + span`)
    const words = box?.textContent || lang
    view.name.textContent = words
    view.name.lang = lang
    view.frame.title = (document.body.dataset.frame || "").replace("{language}", words)
  }

  /** Listens to a frame, now and after it has gone on to another page. @param {View} view @param {HTMLIFrameElement} frame */
  function watch(view, frame) {
    frame.addEventListener("load", () => {
      const doc = documentOf(frame)
      const at = doc.location.pathname.split("/")[3] || ""
      if (doc.location.pathname.startsWith("/s/") && at && at !== screen && frame === view.frame) {
        screen = at
        hooks.moved(at)
        for (const other of views) if (other !== view) replace(other)
      }
      label(view, doc.documentElement.lang || view.lang)
      put(doc, answers)
      for (const what of ["input", "click"]) doc.addEventListener(what, () => notice(view, doc))
      doc.addEventListener("click", () => lead(doc))
    })
  }

  /** Takes over what has changed in a page, and brings it to the others. @param {View} view @param {Document} doc */
  function notice(view, doc) {
    label(view, doc.documentElement.lang || view.lang)
    /** @type {Answers} */
    const fresh = {}
    for (const item of itemsIn(doc)) {
      const values = valuesOf(item)
      if (!same(values, answers[idOf(item)] || [])) fresh[idOf(item)] = values
    }
    if (!Object.keys(fresh).length) return
    answers = { ...answers, ...fresh }
    keep()
    for (const other of views) if (documentOf(other.frame) !== doc) put(documentOf(other.frame), fresh)
    hooks.changed()
  }

  /** Turns the other pages to where this one is. @param {Document} doc */
  function lead(doc) {
    if (isTurning()) return
    for (const { frame } of views) if (documentOf(frame) !== doc) followTo(documentOf(frame), doc)
  }

  const replaceAll = () => Promise.all(views.map((view) => replace(view, placeIn(documentOf(view.frame)))))
  const keep = () => remember("answers-" + key, answers)

  return {
    trial,
    answers: () => answers,
    language: () => views[0]?.lang || "",

    /** Shows these languages, in this order. @param {string[]} languages */
    show(languages) {
      views = languages.map((lang) => views.find((view) => view.lang === lang) || makeView(lang))
      for (const old of [...place.children]) if (!views.some((view) => view.box === old)) old.remove()
      views.forEach((view, i) => { if (place.children[i] !== view.box) place.insertBefore(view.box, place.children[i] || null) })
      fitAll()
    },

    /** @param {string} name */
    resize(name) {
      size = name
      remember("size", name)
      place.dataset.size = name
      fitAll()
    },

    early: () => early,

    /** Shows the pages as early readers get them, or as the grades ask. @param {boolean} asked */
    async relayout(asked) {
      early = asked
      remember("early", asked)
      await replaceAll()
    },

    /** Goes to another of the survey's pages. A survey that was sent begins again, with the same answers. @param {string} to */
    async go(to) {
      if (to === "survey") await fetch(`/s/${trial}/restart`, { method: "POST" })
      screen = to
      for (const view of views) replace(view)
    },

    /** Forgets every answer. */
    async restart() {
      answers = {}
      keep()
      screen = "survey"
      await fetch(`/s/${trial}/restart`, { method: "POST" })
      await Promise.all(views.map((view) => replace(view)))
      hooks.moved(screen)
      hooks.changed()
    },

    /** Shows the pages as they are now, with everything where it was. */
    async renew() {
      await replaceAll()
      const there = new Set(views.flatMap((view) => itemsIn(documentOf(view.frame)).map(idOf)))
      if (there.size) answers = Object.fromEntries(Object.entries(answers).filter(([id]) => there.has(id)))
      keep()
    },

    /** Answers as a test does: what it does not name is left blank. @param {Answers} given */
    async fill(given) {
      answers = given
      keep()
      if (screen !== "survey" || views.some((view) => !documentOf(view.frame).getElementById("survey"))) {
        screen = "survey"
        await fetch(`/s/${trial}/restart`, { method: "POST" })
        await Promise.all(views.map((view) => replace(view)))
        hooks.moved(screen)
      }
      for (const view of views) {
        const doc = documentOf(view.frame)
        put(doc, { ...Object.fromEntries(itemsIn(doc).map((item) => [idOf(item), []])), ...given })
        const first = Object.keys(given)[0]
        if (first) showItem(doc, first)
      }
      hooks.changed()
    },
  }

  /** Loads a page behind the one in sight and changes them over when it stands as it should: nothing flickers, and
   * what the old page had not sent yet, it still sends. @param {View} view @param {import("./place.js").Place} [at] */
  function replace(view, at) {
    const frame = makeFrame()
    const old = view.frame
    const lang = at ? documentOf(old).documentElement.lang || view.lang : view.lang
    frame.className = "coming"
    frame.inert = true
    watch(view, frame)
    return /** @type {Promise<void>} */ (new Promise((done) => {
      frame.addEventListener("load", () => {
        if (view.frame !== old) {
          frame.remove() // a newer one was faster
          return done()
        }
        if (at) returnTo(documentOf(frame), at)
        const held = document.activeElement === old ? documentOf(old).activeElement?.closest(".item") : null
        frame.className = ""
        frame.inert = false
        view.frame = frame
        label(view, documentOf(frame).documentElement.lang || view.lang)
        old.remove()
        const again = held && itemsIn(documentOf(frame)).find((item) => idOf(item) === idOf(/** @type {HTMLElement} */ (held)))
        if (again) focusItem(again)
        fit(view.hole, frame, size)
        done()
      }, { once: true })
      frame.src = address(lang)
      view.hole.append(frame)
      fit(view.hole, frame, size)
    }))
  }
}

/** Puts answers into a page, as if they had been given there. @param {Document} doc @param {Answers} answers */
function put(doc, answers) {
  for (const item of itemsIn(doc)) {
    const values = answers[idOf(item)]
    if (!values || same(values, valuesOf(item))) continue
    setValues(item, values)
    item.querySelector("input,textarea")?.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

/** @param {string[]} a @param {string[]} b */
const same = (a, b) => a.length === b.length && a.every((value, i) => value === b[i])

function newName() {
  const name = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(36)).join("")
  remember("trial", name)
  return name
}
