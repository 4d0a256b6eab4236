// Reads a question and its answers aloud: by the recording of a person where there is one, else by a voice of the device, in
// the page's language. What is being said is marked. It never begins by itself, and a screen reader hears nothing of it.

import { itemsIn, textOf } from "./items.js"
import { say } from "./words.js"

const speech = window.speechSynthesis
const loudspeaker = "M3 9v6h4l6 5V4L7 9zM16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12"
const square = "M6 6h12v12H6z"
const types = /** @type {Record<string, string>} */ ({ mp3: "audio/mpeg", m4a: "audio/mp4", ogg: "audio/ogg" })

const nothing = () => {}
/** Ends what is being said. */
let stop = nothing

/** A voice of the device itself: no question goes to somebody else's server to be spoken. */
function voice() {
  const lang = document.documentElement.lang.toLowerCase()
  const tag = (/** @type {SpeechSynthesisVoice} */ v) => v.lang.toLowerCase().replace("_", "-")
  const fit = (speech ? speech.getVoices() : []).filter((v) => v.localService && tag(v).split("-")[0] === lang.split("-")[0])
  const near = [lang, lang + "-us", lang + "-mx"].map((want) => fit.find((v) => tag(v) === want)).find((v) => v)
  return near || fit.find((v) => v.default) || fit[0]
}

/** The address of a recording that this browser plays. @param {HTMLElement} item */
function recording(item) {
  const address = item.dataset.recording || ""
  return address && new Audio().canPlayType(types[address.slice(-3)]) ? address : ""
}

/** The question and each answer: its words, and where they stand. @param {HTMLElement} item */
function partsOf(item) {
  const hints = [...item.querySelectorAll("legend small:not(.note),:scope > small:not(.note)")].map((hint) => hint.textContent)
  const choices = [...item.querySelectorAll("label")].filter((label) => label.querySelector("input"))
  return [{ place: /** @type {Element} */ (item.querySelector("legend,th,label")), words: [textOf(item), ...hints].join(" ") },
    ...choices.map((label) => ({ place: label, words: label.querySelector("span")?.textContent || "" }))]
}

/** @param {HTMLElement} item @param {HTMLElement} button */
function read(item, button) {
  const by = voice()
  const clip = recording(item)
  const parts = partsOf(item).slice(0, by ? undefined : 1)
  /** @type {HTMLAudioElement | null} */
  let sound = null
  /** @type {SpeechSynthesisUtterance | null} */
  let said = null // held, or browsers forget it and never say that it has ended
  let marked = parts[0].place
  const mine = () => {
    stop = nothing
    sound?.pause()
    if (said) speech.cancel()
    sound = said = null
    marked.classList.remove("spoken")
    label(item, button, false)
  }
  const next = () => {
    const part = parts.shift()
    if (!part) return mine()
    marked.classList.remove("spoken")
    marked = part.place
    marked.classList.add("spoken")
    marked.scrollIntoView({ block: "nearest" })
    return clip && !sound ? play(part.words) : speak(part.words)
  }
  /** @param {string} words in the place of a recording that is not to be had, as without a network */
  const play = (words) => {
    const now = sound = new Audio(clip)
    const failed = () => {
      if (stop !== mine || sound !== now) return
      sound = new Audio()
      if (by) speak(words)
      else mine()
    }
    now.onended = () => { if (stop === mine) next() }
    now.onerror = failed
    now.play().catch(failed)
  }
  /** @param {string} words */
  const speak = (words) => {
    if (!by) return mine()
    const now = said = new SpeechSynthesisUtterance(words)
    now.voice = by
    now.lang = by.lang
    now.rate = 0.9
    now.onend = () => { if (stop === mine && said === now) next() }
    now.onerror = () => { if (stop === mine && said === now) mine() }
    speech.speak(now)
  }
  stop = mine
  label(item, button, true)
  next()
}

/** @param {HTMLElement} item @param {HTMLElement} button @param {boolean} speaking */
function label(item, button, speaking) {
  button.classList.toggle("speaking", speaking)
  button.querySelector("path")?.setAttribute("d", speaking ? square : loudspeaker)
  const word = /** @type {HTMLElement} */ (button.querySelector("span"))
  word.textContent = say(speaking ? "quiet" : "listen")
  button.setAttribute("aria-label", speaking ? say("quiet") : say("listen-of", { question: textOf(item) }))
}

/** @param {HTMLElement} item */
function addButton(item) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = "listen"
  button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path/></svg><span></span>'
  label(item, button, false)
  button.addEventListener("click", () => {
    const again = button.classList.contains("speaking")
    stop()
    if (!again) read(item, button)
  })
  if (item.tagName === "TR") cellIn(item).append(button)
  else item.querySelector("legend,label")?.after(button)
}

/** A cell beside the question; its table gets one in every row. @param {HTMLElement} row @returns {Element} */
function cellIn(row) {
  if (!row.querySelector(".hear")) {
    for (const each of row.closest("table")?.querySelectorAll("tr") || []) {
      each.cells[0].after(Object.assign(document.createElement("td"), { className: "hear" }))
    }
  }
  return /** @type {Element} */ (row.querySelector(".hear"))
}

/** A button where something can be heard, and none where nothing can. */
function furnish() {
  const any = voice()
  for (const item of itemsIn(document)) {
    if (!("listen" in item.dataset)) continue
    const button = item.querySelector(".listen")
    const can = any || recording(item)
    if (can && !button) addButton(item)
    if (!can && button) button.remove()
  }
}

document.addEventListener("turned", () => {
  stop()
  furnish()
})
document.addEventListener("keydown", (event) => { if (event.key === "Escape") stop() })
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") stop() })
addEventListener("pagehide", () => stop())
speech?.addEventListener?.("voiceschanged", furnish) // they come later than the page
furnish()
