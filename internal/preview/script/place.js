// Where somebody is in a student's page: what is in sight, and bringing it back in a page that has been made anew.

import { idOf, itemsIn } from "../../render/script/items.js"

/** @typedef {{page: string, item: string, offset: number, top: number}} Place */

/** Items that are on the screen that is open. @param {Document} doc */
const inSight = (doc) => itemsIn(doc).filter((item) => item.getClientRects().length > 0)

/** @param {Document} doc @returns {Place} */
export function placeIn(doc) {
  const shown = inSight(doc)
  const first = shown.find((item) => item.getBoundingClientRect().bottom > 0) || shown[0]
  return {
    page: first?.closest("[data-page]")?.getAttribute("data-page") || "",
    item: first ? idOf(first) : "",
    offset: first ? first.getBoundingClientRect().top : 0,
    top: doc.defaultView?.scrollY || 0,
  }
}

/** Turns to where the item is, else to the page that it was on, by the page's own buttons. @param {Document} doc @param {Place} place */
export function returnTo(doc, place) {
  const item = itemsIn(doc).find((other) => idOf(other) === place.item)
  turnTo(doc, () => !!item && item.getClientRects().length > 0) ||
    turnTo(doc, () => inSight(doc).some((other) => other.closest("[data-page]")?.getAttribute("data-page") === place.page))
  const there = item && item.getClientRects().length > 0
  doc.defaultView?.scrollTo({ top: there ? doc.defaultView.scrollY + item.getBoundingClientRect().top - place.offset : place.top, behavior: "instant" })
}

/** @param {Document} doc @param {string} id of an item */
export function showItem(doc, id) {
  const item = itemsIn(doc).find((other) => idOf(other) === id)
  if (item && turnTo(doc, () => item.getClientRects().length > 0)) item.scrollIntoView({ block: "nearest", behavior: "instant" })
}

/** Turns a page to the screen that another is on: where the first item that is open there is open too.
 * @param {Document} doc @param {Document} other */
export function followTo(doc, other) {
  const first = inSight(other)[0]
  const item = first && itemsIn(doc).find((own) => idOf(own) === idOf(first))
  if (item) turnTo(doc, () => item.getClientRects().length > 0)
}

let turning = false

/** Whether a page is being turned here, and not by its reader. */
export const isTurning = () => turning

/** Turns a page as its reader would, but that the focus stays where it is. @param {Document} doc @param {() => boolean} found */
function turnTo(doc, found) {
  if (found()) return true
  const held = document.activeElement
  const within = held instanceof HTMLIFrameElement ? held.contentDocument?.activeElement : null
  turning = true
  const there = search(doc, found)
  turning = false
  if (document.activeElement !== held) /** @type {HTMLElement | null} */ (within || held)?.focus({ preventScroll: true })
  return there
}

/** Goes to the first screen, then on until it is the one. @param {Document} doc @param {() => boolean} found */
function search(doc, found) {
  const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement | null} */ (doc.getElementById(id))
  const press = (/** @type {string} */ id) => {
    const it = button(id)
    if (!it || it.hidden || it.disabled) return false
    it.click()
    return true
  }
  const most = itemsIn(doc).length + 1
  for (let i = 0; i < most && press("back"); i++) if (found()) return true
  for (let i = 0; i < most && press("next"); i++) if (found()) return true
  return false
}
