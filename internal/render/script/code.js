// A code's alphabet and check character, as package fieldwork makes them: Luhn's algorithm modulo 30.

const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

/** @param {string} typed @returns {string} without what does not matter: case, hyphens, spaces */
const plain = (typed) => typed.toUpperCase().replace(/[-\s\u2010\u2011\u2013]/g, "")

/** @param {string} typed */
export function isCode(typed) {
  const code = plain(typed)
  if (code.length !== 8) return false
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const at = alphabet.indexOf(code[7 - i])
    if (at < 0) return false
    const product = at * (i % 2 + 1)
    sum += Math.floor(product / 30) + product % 30
  }
  return sum % 30 === 0
}

/** As it stands on a card: two groups of four. @param {string} typed */
export function shape(typed) {
  const code = plain(typed)
  return code.length > 4 ? code.slice(0, 4) + "-" + code.slice(4) : code
}
