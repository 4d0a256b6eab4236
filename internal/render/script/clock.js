// How long each page has been before the student's eyes, in seconds.

/** @param {Record<string, number>} seconds so far, by page */
export function startClock(seconds) {
  let page = ""
  let since = 0
  const settle = () => {
    if (since) seconds[page] = (seconds[page] || 0) + (performance.now() - since) / 1000
    since = 0
  }
  const go = () => { since = page && document.visibilityState === "visible" ? performance.now() : 0 }
  document.addEventListener("visibilitychange", () => {
    settle()
    go()
  })
  return {
    /** @param {string} next */
    turnTo(next) {
      settle()
      page = next
      go()
    },
    /** @returns {Record<string, number>} */
    read() {
      settle()
      go()
      return Object.fromEntries(Object.entries(seconds).map(([id, s]) => [id, Math.round(s * 10) / 10]))
    },
  }
}
