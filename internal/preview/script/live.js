// Follows the files: the server says a number that grows with every change, the page fetches what it lacks.

/**
 * @typedef {{list: number, document: number, since: number}} Now
 * @param {string} key of a document; empty for the list
 * @param {(now: Now) => boolean} lacks whether the page is older than that
 * @param {(now: Now) => Promise<void>} catchUp
 * @param {(now: Now) => void} done after the page has caught up
 */
export function follow(key, lacks, catchUp, done) {
  const line = /** @type {HTMLElement} */ (document.getElementById("live"))
  const words = document.body.dataset
  /** @type {EventSource | null} */
  let source = null
  let busy = false
  /** @type {Now | null} */
  let latest = null

  const say = (/** @type {string} */ is, /** @type {string | undefined} */ text) => {
    line.dataset.is = is
    if (line.textContent !== text) line.textContent = text || ""
  }

  async function work() {
    if (busy) return
    busy = true
    let shown = words.live
    try {
      while (latest && lacks(latest)) {
        const now = latest
        const began = performance.now()
        say("late", words.late)
        await catchUp(now)
        done(now)
        if (words.ms) shown = words.ms.replace("{ms}", String(Math.round(performance.now() - began)))
        if (latest === now) break
      }
      say("live", shown)
    } catch {
      say("lost", words.lost)
      setTimeout(work, 1000)
    }
    busy = false
  }

  // A browser opens six connections to one address: tabs that nobody sees give theirs back.
  function connect() {
    if (document.hidden) {
      source?.close()
      source = null
      return
    }
    if (source) return
    source = new EventSource("/events?key=" + encodeURIComponent(key))
    source.addEventListener("now", (event) => {
      latest = JSON.parse(event.data)
      void work()
    })
    source.addEventListener("error", () => {
      say("lost", words.lost)
      if (source?.readyState !== EventSource.CLOSED) return
      source = null // the browser has given up: it does after some replies
      setTimeout(connect, 1000)
    })
  }
  document.addEventListener("visibilitychange", connect)
  addEventListener("pageshow", connect)
  addEventListener("pagehide", () => {
    source?.close()
    source = null
  })
  connect()
}
