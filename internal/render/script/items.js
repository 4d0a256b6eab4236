// Items as the page holds them: reading and setting answers, and which of them their conditions show.

import { evaluate } from "./condition.js"

const declined = "-94"

/** @param {ParentNode} root @returns {HTMLElement[]} */
export const itemsIn = (root) => [...root.querySelectorAll(".item")].map((item) => /** @type {HTMLElement} */ (item))

/** @param {HTMLElement} item */
export const idOf = (item) => item.dataset.item || ""

/** @param {HTMLElement} item @returns {HTMLInputElement[]} */
const fieldsOf = (item) => /** @type {HTMLInputElement[]} */ ([...item.querySelectorAll("input,textarea")])

const isChoice = (/** @type {HTMLInputElement} */ field) => field.type === "radio" || field.type === "checkbox"

/** What is given: codes that are chosen, or what was typed; empty when there is nothing. @param {HTMLElement} item */
export function valuesOf(item) {
  return fieldsOf(item).filter((field) => isChoice(field) ? field.checked : field.value.trim()).map((field) => field.value)
}

/** @param {HTMLElement} item @param {string[]} values */
export function setValues(item, values) {
  for (const field of fieldsOf(item)) {
    if (isChoice(field)) field.checked = values.includes(field.value)
    else field.value = values[0] || ""
  }
}

/** @param {HTMLElement} item */
export const focusItem = (item) => (fieldsOf(item).find((field) => isChoice(field) && field.checked) || fieldsOf(item)[0]).focus()

/** A text that is left out is no oversight. @param {HTMLElement} item */
export const isText = (item) => !!item.querySelector("textarea")

/** The answer as conditions see it: nothing when declined. @param {HTMLElement} item */
function valueOf(item) {
  const values = valuesOf(item)
  if (!values.length || values.includes(declined)) return null
  const fields = fieldsOf(item)
  const typed = !isChoice(fields[0])
  if (fields[0].tagName === "TEXTAREA") return { codes: [], number: 0, isNumber: false }
  const number = Number(values[0])
  if (typed) {
    const { min, max } = fields[0].dataset
    if (Number.isNaN(number) || (min && number < Number(min)) || (max && number > Number(max))) return null
  }
  return { codes: typed ? [] : values, number, isNumber: fields[0].type !== "checkbox" && !Number.isNaN(number) }
}

/**
 * Shows and hides items. What a hidden item holds counts as no answer for the conditions of others, and stays in it
 * should it come back. Conditions only look back, so that each is settled before it is asked about.
 * @param {HTMLElement[]} items
 */
export function applyConditions(items) {
  /** @type {Map<string, HTMLElement>} */
  const byID = new Map(items.map((item) => [idOf(item), item]))
  /** @type {Map<string, boolean>} */
  const known = new Map()
  const shown = (/** @type {string} */ id) => {
    let yes = known.get(id)
    if (yes === undefined) {
      const condition = byID.get(id)?.dataset.if
      yes = !condition || evaluate(JSON.parse(condition), lookup) > 0
      known.set(id, yes)
    }
    return yes
  }
  const lookup = (/** @type {string} */ id) => {
    const item = byID.get(id)
    return item && shown(id) ? valueOf(item) : null
  }
  for (const item of items) item.hidden = !shown(idOf(item))
}

/** The question itself, without hints. @param {HTMLElement} item */
export function textOf(item) {
  const label = item.querySelector("legend,th,label")
  return [...(label ? label.childNodes : [])].filter((node) => node.nodeType === 3).map((node) => node.textContent).join("").trim()
}
