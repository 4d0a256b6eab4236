// What a tab remembers while it is open: a reload brings it back, another tab has its own.

/** @template T @param {string} name @param {T} otherwise @returns {T} */
export function recall(name, otherwise) {
  try {
    const kept = sessionStorage.getItem(name)
    return kept === null ? otherwise : JSON.parse(kept)
  } catch {
    return otherwise // a browser that keeps nothing
  }
}

/** @param {string} name @param {unknown} value */
export function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value))
  } catch { /* a browser that keeps nothing: a reload begins anew */ }
}
