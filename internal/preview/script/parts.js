// Parts of the page, written by the server and put in place here.

/** @param {string} address @param {RequestInit} [how] @returns {Promise<DocumentFragment>} */
export async function part(address, how) {
  const reply = await fetch(address, { cache: "no-store", ...how })
  if (!reply.ok) throw new Error(address + ": " + reply.status)
  const holder = document.createElement("template")
  holder.innerHTML = await reply.text()
  return holder.content
}

/** Puts new content in place if it is new: what has the focus, and how far it was scrolled, stay otherwise.
 * @param {HTMLElement} place @param {Node} content @param {Element | null} [after] what stays before it */
export function exchange(place, content, after) {
  const old = document.createElement("div")
  const fresh = document.createElement("div")
  for (let node = after ? after.nextSibling : place.firstChild; node; node = node.nextSibling) old.append(node.cloneNode(true))
  fresh.append(content)
  if (old.innerHTML.trim() === fresh.innerHTML.trim()) return
  const top = place.scrollTop
  while (after ? after.nextSibling : place.firstChild) (after ? after.nextSibling : place.firstChild)?.remove()
  place.append(...fresh.childNodes)
  place.scrollTop = top
}

/** @param {HTMLElement} news whose children say by data-into where they belong */
export function replaceInto(news) {
  for (const piece of /** @type {NodeListOf<HTMLElement>} */ (news.querySelectorAll("[data-into]"))) {
    const place = document.getElementById(piece.dataset.into || "")
    if (!place) continue
    const content = document.createDocumentFragment()
    content.append(...piece.childNodes)
    const grade = /** @type {HTMLSelectElement | null} */ (place.querySelector("select"))
    const chosen = grade?.value
    exchange(place, content, piece.dataset.after ? place.querySelector(piece.dataset.after) : null)
    const select = place.querySelector("select")
    if (select && chosen) select.value = chosen
    if (piece.dataset.into === "trouble") place.hidden = "hidden" in piece.dataset
  }
}
