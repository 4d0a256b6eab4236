// The panel beside the pages: tabs, and a button that folds it.

import { recall, remember } from "./memory.js"

export function createPanel() {
  const tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[role=tab]")])
  const fold = /** @type {HTMLElement} */ (document.getElementById("fold"))
  const nameOf = (/** @type {HTMLElement} */ tab) => tab.id.slice(4)

  /** @param {string} name @param {boolean} [focus] */
  function choose(name, focus) {
    for (const tab of tabs) {
      const chosen = nameOf(tab) === name
      tab.setAttribute("aria-selected", String(chosen))
      tab.tabIndex = chosen ? 0 : -1
      const pane = /** @type {HTMLElement} */ (document.getElementById("pane-" + nameOf(tab)))
      pane.hidden = !chosen
      if (chosen) {
        const frame = pane.querySelector("iframe")
        if (frame && !frame.src) frame.src = frame.dataset.src || ""
      }
      if (chosen && focus) tab.focus()
    }
    remember("tab", name)
  }

  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(nameOf(tab)))
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: tabs.length - 1 }[event.key]
      if (to === undefined) return
      event.preventDefault()
      choose(nameOf(tabs[(to + tabs.length) % tabs.length]), true)
    })
  }

  function setFolded(/** @type {boolean} */ yes) {
    document.body.toggleAttribute("data-folded", yes)
    fold.setAttribute("aria-expanded", String(!yes))
    remember("folded", yes)
  }
  fold.addEventListener("click", () => setFolded(!document.body.hasAttribute("data-folded")))

  setFolded(recall("folded", false))
  const last = recall("tab", "scores")
  choose(tabs.some((tab) => nameOf(tab) === last) ? last : "scores")

  return {
    choose,
    /** What stands in a frame of the panel is made anew, where it was scrolled to. */
    renew() {
      for (const frame of document.querySelectorAll("#panel iframe[src]")) /** @type {HTMLIFrameElement} */ (frame).contentWindow?.location.reload()
    },
    /** Tells a screen reader. @param {string} words */
    say(words) {
      const line = /** @type {HTMLElement} */ (document.getElementById("live"))
      line.textContent = words
    },
  }
}
