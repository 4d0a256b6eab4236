// Answers on their way to the server: gathered for a moment, one request at a time, numbered, repeated until the server
// says that it has them. Nothing is forgotten before.

const pause = 400 // ms in which answers are gathered
const patience = 15000 // ms for a reply
const longest = 30000 // ms between two tries
const mostAsked = 120000 // ms that a server may ask to wait
const keepalive = 20000 // characters that surely stay under the 64 KB that may outlive a page

/**
 * @typedef {Record<string, string[]>} Answers
 * @typedef {{item: string, problem: string, message: string}} ItemProblem
 * @typedef {"saving" | "saved" | "offline" | "busy" | "sending" | "session" | "closed" | "refused"} Status
 * @typedef {object} Hooks
 * @property {() => object} circumstances what goes with every save: language, reached, seconds, order
 * @property {() => Answers} everything every answer, for a submit
 * @property {() => Promise<boolean>} refresh takes over what the server has stored since, and learns its number
 * @property {(status: Status) => void} status
 * @property {() => void} changed what is unsent has changed
 * @property {(problems: ItemProblem[]) => void} problems
 * @property {() => void} finished
 */

/** @param {string} base address of the session, with a slash at its end @param {number} seq @param {Hooks} hooks */
export function createQueue(base, seq, hooks) {
  /** @type {Map<string, string[]>} */
  const waiting = new Map()
  /** What is under way; own is what of it has changed here since the last reply. @type {{seq: number, save: string, answers: Answers, own: Answers} | null} */
  let sent = null
  let submitting = false
  let isSubmit = false // what was sent is the submit
  let busy = false // a request is under way
  let stopped = false
  let tries = 0
  let timer = 0

  const later = (/** @type {number} */ ms) => {
    clearTimeout(timer)
    timer = setTimeout(step, ms)
  }

  function step() {
    clearTimeout(timer)
    if (busy || stopped) return
    if (submitting && !sent) {
      isSubmit = true
      pack(hooks.everything())
    }
    if (!sent) {
      if (!waiting.size) return
      pack(Object.fromEntries(waiting))
    }
    void send()
  }

  /** @param {Answers} answers */
  function pack(answers) {
    sent = { seq: seq + 1, save: randomName(), answers, own: Object.fromEntries(waiting) }
    waiting.clear()
  }

  /** What was packed waits again, under what was given since. */
  function unpack() {
    const own = sent ? sent.own : {}
    sent = null
    isSubmit = false
    for (const id in own) if (!waiting.has(id)) waiting.set(id, own[id])
  }

  async function send() {
    if (!sent) return
    busy = true
    if (!tries) hooks.status(isSubmit ? "sending" : "saving")
    /** @type {Response | null} */
    let reply = null
    /** @type {any} */
    let said = {}
    const { seq: number, save, answers } = sent
    const body = JSON.stringify({ seq: number, save, answers, ...hooks.circumstances() })
    const gone = new AbortController()
    const alarm = setTimeout(() => gone.abort(), patience)
    try {
      reply = await fetch(base + (isSubmit ? "submit" : "save"), {
        method: "POST", headers: { "Content-Type": "application/json" }, body, signal: gone.signal,
        keepalive: body.length < keepalive, cache: "no-store",
      })
      said = await reply.json()
    } catch {
      if (!reply || reply.ok) reply = null // a reply that broke off says nothing
    }
    clearTimeout(alarm)
    busy = false
    settle(reply, said)
    hooks.changed()
  }

  /** @param {Response | null} reply @param {any} said */
  function settle(reply, said) {
    const status = reply ? reply.status : 0
    if (status === 200) return acknowledged(said)
    if (status === 409 && said.problem === "sequence") return void catchUp()
    if (status === 409) return end(hooks.finished)
    if (status === 401 || status === 403) return end(() => hooks.status("session"))
    if (status === 410) return end(() => hooks.status("closed"))
    if (status === 422 && said.items?.length) return refused(said.items)
    if (status && status < 500 && status !== 429 && status !== 408) return end(() => hooks.status("refused"))
    retry(Math.min(mostAsked, Number(reply?.headers.get("Retry-After")) * 1000 || 0))
    hooks.status(status ? "busy" : "offline")
  }

  /** Another device has saved: the page takes that over first, for a submit must hold every answer. */
  async function catchUp() {
    unpack()
    busy = true
    const done = await hooks.refresh()
    busy = false
    if (stopped) return
    hooks.changed()
    if (done && !tries++) return step()
    if (!done) hooks.status("offline")
    retry(0)
  }

  /** @param {any} said */
  function acknowledged(said) {
    tries = 0
    if (isSubmit) return end(hooks.finished)
    seq = said.seq
    sent = null
    if (waiting.size || submitting) return step()
    hooks.status("saved")
  }

  /** Sets aside what cannot be taken and sends the rest again. What was stored in its place is taken back: it is not
   * what the student means. @param {ItemProblem[]} items */
  function refused(items) {
    const stuck = !items.some(({ item }) => sent?.answers[item]?.length)
    const newer = new Set(waiting.keys())
    unpack()
    tries = 0
    submitting = false
    for (const { item } of items) if (!newer.has(item)) waiting.set(item, [])
    if (stuck) return end(() => hooks.status("refused"))
    hooks.problems(items)
    step()
  }

  /** Ever longer pauses, never two pages in step. @param {number} least */
  function retry(least) {
    const wait = Math.min(longest, 1000 * 2 ** Math.min(tries++, 5))
    later(Math.max(least, wait / 2) + Math.random() * wait / 2)
  }

  /** @param {() => void} say */
  function end(say) {
    stopped = true
    clearTimeout(timer)
    say()
  }

  addEventListener("online", () => later(Math.random() * 1000))

  return {
    /** @param {string} id @param {string[]} values */
    put(id, values) {
      waiting.set(id, values)
      if (!sent) later(pause)
      hooks.changed()
    },
    submit() {
      submitting = true
      tries = 0
      step()
    },
    flush: step,
    /** What the server has not said that it has. @returns {Answers} */
    unsent: () => ({ ...(sent ? sent.own : {}), ...Object.fromEntries(waiting) }),
    /** The number of the last save that this page knows of. */
    seq: () => seq,
    idle: () => !sent && !waiting.size,
    stopped: () => stopped,
    /** The reason to stop may be gone. */
    resume() {
      stopped = false
      tries = 0
      step()
    },
    /** Somebody else has found out how this ends. @param {() => void} say */
    stop(say) { if (!stopped) end(say) },
    /** Another page has learnt a newer number. @param {number} newer */
    learn(newer) { if (!sent) seq = Math.max(seq, newer) },
  }
}

const randomName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join("")
