// A page's items in an order that is each student's own and the same on every device: the seed is in the address.

/** @param {string} text @returns {() => number} numbers from 0 up to 1 */
function numbersFrom(text) {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193)
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296
  }
}

/** @template T @param {T[]} list @param {string} seed @returns {T[]} */
export function shuffled(list, seed) {
  const result = list.slice()
  const next = numbersFrom(seed)
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]]
  }
  return result
}

/** Items change places only with those that stand beside them, so that a table stays whole. @param {Element} page @param {string} seed */
export function shufflePage(page, seed) {
  const parents = new Set([...page.querySelectorAll(".item")].map((item) => item.parentElement))
  for (const parent of parents) {
    if (!parent) continue
    const items = [...parent.children].filter((child) => child.classList.contains("item"))
    const marks = items.map((item) => {
      const mark = document.createComment("")
      item.replaceWith(mark)
      return mark
    })
    shuffled(items, seed).forEach((item, i) => marks[i].replaceWith(item))
  }
}
