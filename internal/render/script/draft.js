// The device's own copy of what could not be sent yet: encrypted under a key that the server issues for this session.
// The key lives as long as the tab does. Without a secure context there is no copy, and the page says so.

const prefix = "surveyd:"
const tooOld = 14 * 24 * 3600 * 1000

export const canKeep = () => isSecureContext && !!crypto.subtle

/** Removes every trace of a session, or of all keys when none is named. @param {string} [sid] */
export function forget(sid) {
  try {
    sessionStorage.clear()
    if (sid) localStorage.removeItem(prefix + sid)
  } catch { /* storage is off: there is nothing to remove */ }
}

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
/** @param {Uint8Array} data */
const text = (data) => btoa(String.fromCharCode(...data))

/** @param {string} sid */
export function createDraft(sid) {
  /** @type {CryptoKey | null} */
  let key = null
  let writing = Promise.resolve()

  async function use(/** @type {string} */ base64) {
    key = await crypto.subtle.importKey("raw", bytes(base64), "AES-GCM", false, ["encrypt", "decrypt"])
  }

  return {
    /** Takes the key that the server issued, or the one that this tab was given before a reload. @param {string | null} issued */
    async unlock(issued) {
      if (!canKeep()) return
      try {
        const kept = issued || sessionStorage.getItem(prefix + sid)
        if (kept) await use(kept)
        if (issued) sessionStorage.setItem(prefix + sid, issued)
        for (const name of Object.keys(localStorage)) {
          if (name.startsWith(prefix) && Date.now() - JSON.parse(localStorage[name]).at > tooOld) localStorage.removeItem(name)
        }
      } catch { /* no storage, or a key of another time: there is no copy then */ }
    },

    /** @returns {Promise<any>} what was written, null when there is nothing that this key opens */
    async read() {
      if (!key) return null
      try {
        const { iv, data } = JSON.parse(localStorage[prefix + sid])
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, key, bytes(data))
        return JSON.parse(new TextDecoder().decode(plain))
      } catch {
        return null
      }
    },

    /** Writes, or removes when there is nothing to keep. Calls stand in line. @param {any} content null for nothing */
    write(content) {
      writing = writing.then(async () => {
        try {
          if (!content) return localStorage.removeItem(prefix + sid)
          if (!key) return
          const iv = crypto.getRandomValues(new Uint8Array(12))
          const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(content)))
          localStorage[prefix + sid] = JSON.stringify({ at: Date.now(), iv: text(iv), data: text(new Uint8Array(data)) })
        } catch { /* storage is full or off: the page itself still holds the answers */ }
      })
      return writing
    },
    ready: () => !!key,
  }
}
