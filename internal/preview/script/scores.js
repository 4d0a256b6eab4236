// The scores of what is chosen: asked of the server at every change, one request at a time, the last one counts.

import { exchange, part } from "./parts.js"

/** @param {string} key of the document */
export function createScores(key) {
  const place = /** @type {HTMLElement} */ (document.getElementById("scores"))
  let busy = false
  /** @type {(() => object) | null} */
  let next = null
  /** @type {() => object} */
  let latest = () => ({})

  async function work() {
    if (busy) return
    busy = true
    while (next) {
      const asked = next
      next = null
      try {
        const headers = { "Content-Type": "application/json" }
        exchange(place, await part(`/i/${key}/score?ui=${document.body.dataset.ui}`, { method: "POST", headers, body: JSON.stringify(asked()) }))
      } catch { /* there is no instrument to score by, or no server: the line above says which */ }
    }
    busy = false
  }

  const grade = () => /** @type {HTMLSelectElement | null} */ (document.getElementById("grade"))?.value || ""

  return {
    /** @param {string} trial @param {string} language @param {Record<string, string[]>} answers */
    show(trial, language, answers) {
      latest = next = () => ({ trial, language, answers, grade: grade() })
      void work()
    },
    regrade() {
      next = latest
      void work()
    },
  }
}
