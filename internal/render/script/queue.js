// Answers on their way to the server: gathered for a moment, one request at a time, numbered, repeated until the server
// says that it has them. Nothing is forgotten before.

const pause = 400 // ms in which answers are gathered
const patience = 15000 // ms for a reply
const longest = 30000 // ms between two tries

/**
 * @typedef {Record<string, string[]>} Answers
 * @typedef {{item: string, problem: string, message: string}} ItemProblem
 * @typedef {"saving" | "saved" | "offline" | "busy" | "sending" | "session" | "closed" | "refused"} Status
 * @typedef {object} Hooks
 * @property {() => object} circumstances what goes with every save: language, reached, seconds, order
 * @property {() => Answers} everything every answer, for a submit
 * @property {(status: Status) => void} status
 * @property {() => void} changed what is unsent has changed
 * @property {(problems: ItemProblem[]) => void} problems
 * @property {() => void} finished
 */

/** @param {string} base address of the session, with a slash at its end @param {number} seq @param {Hooks} hooks */
export function createQueue(base, seq, hooks) {
  /** @type {Map<string, string[]>} */
  const waiting = new Map()
  /** @type {{seq: number, save: string, answers: Answers} | null} */
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
    if (submitting && !isSubmit) {
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
    waiting.clear()
    sent = { seq: seq + 1, save: randomName(), answers }
  }

  async function send() {
    busy = true
    if (!tries) hooks.status(isSubmit ? "sending" : "saving")
    /** @type {Response | null} */
    let reply = null
    /** @type {any} */
    let said = {}
    const body = JSON.stringify({ ...sent, ...hooks.circumstances() })
    const gone = new AbortController()
    const alarm = setTimeout(() => gone.abort(), patience)
    try {
      reply = await fetch(base + (isSubmit ? "submit" : "save"), {
        method: "POST", headers: { "Content-Type": "application/json" }, body, signal: gone.signal,
        keepalive: body.length < 60000, cache: "no-store",
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
    if (status === 409 && said.problem === "sequence" && sent) {
      seq = said.seq
      sent.seq = seq + 1
      sent.save = randomName()
      return tries++ ? retry(0) : step()
    }
    if (status === 409) return end(hooks.finished)
    if (status === 401 || status === 403) return end(() => hooks.status("session"))
    if (status === 410) return end(() => hooks.status("closed"))
    if (status === 422 && said.items?.length) return refused(said.items)
    if (status && status < 500 && status !== 429 && status !== 408) return end(() => hooks.status("refused"))
    retry(Number(reply?.headers.get("Retry-After")) * 1000 || 0)
    hooks.status(status ? "busy" : "offline")
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

  /** Sets aside what cannot be taken and sends the rest again. @param {ItemProblem[]} items */
  function refused(items) {
    const answers = sent ? sent.answers : {}
    const before = Object.keys(answers).length
    for (const { item } of items) delete answers[item]
    tries = 0
    sent = null
    const stuck = Object.keys(answers).length === before
    submitting = isSubmit = false
    for (const id in answers) if (!waiting.has(id)) waiting.set(id, answers[id])
    hooks.problems(items)
    if (stuck) return end(() => hooks.status("refused"))
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
    unsent: () => ({ ...(sent ? sent.answers : {}), ...Object.fromEntries(waiting) }),
    idle: () => !sent && !waiting.size,
    stopped: () => stopped,
    /** Another page has learnt a newer number. @param {number} newer */
    learn(newer) { if (!sent) seq = Math.max(seq, newer) },
  }
}

const randomName = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join("")
