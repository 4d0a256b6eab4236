// What package condition evaluates on the server, for the page: the same tree, the same three-valued logic. Truth is -1
// for false, 0 for unknown and 1 for true, so that and is the least and or the greatest.

/**
 * @typedef {{text: string, number?: number, is_number?: boolean}} Literal
 * @typedef {{kind: string, item?: string, op?: string, values?: Literal[], args?: Condition[]}} Condition
 * @typedef {{codes: string[], number: number, isNumber: boolean}} Value what an item holds that has an answer
 */

/**
 * @param {Condition} node
 * @param {(item: string) => Value | null} lookup gives null for an item without an answer
 * @returns {-1 | 0 | 1}
 */
export function evaluate(node, lookup) {
  const args = (node.args || []).map((arg) => evaluate(arg, lookup))
  switch (node.kind) {
    case "and": return /** @type {-1 | 0 | 1} */ (Math.min(...args))
    case "or": return /** @type {-1 | 0 | 1} */ (Math.max(...args))
    case "not": return /** @type {-1 | 0 | 1} */ (0 - args[0])
  }
  const value = lookup(node.item || "")
  if (node.kind === "answered") return value ? 1 : -1
  if (!value) return 0
  const literals = node.values || []
  if (node.kind === "has") return truth(value.codes.includes(literals[0].text))
  if (node.kind === "in") return truth(literals.some((literal) => same(literal, value)))
  return compare(node.op || "", literals[0], value)
}

/** @param {string} op @param {Literal} literal @param {Value} value @returns {-1 | 0 | 1} */
function compare(op, literal, value) {
  if (op === "==") return truth(same(literal, value))
  if (op === "!=") return truth(!same(literal, value))
  if (!value.isNumber || !literal.is_number) return 0
  const other = literal.number || 0
  switch (op) {
    case "<": return truth(value.number < other)
    case "<=": return truth(value.number <= other)
    case ">": return truth(value.number > other)
    case ">=": return truth(value.number >= other)
  }
  return 0
}

/** A choice is compared by its code, a number by its value. @param {Literal} literal @param {Value} value */
function same(literal, value) {
  if (value.codes.length) return value.codes[0] === literal.text
  return value.isNumber && !!literal.is_number && value.number === (literal.number || 0)
}

/** @param {boolean} yes @returns {-1 | 1} */
const truth = (yes) => yes ? 1 : -1
