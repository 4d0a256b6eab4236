// The last page of a shared device: it leaves nothing behind, and goes back to the code entry by itself.

import { forget } from "./draft.js"
import { showOnce } from "./leave.js"
import { dropShell } from "./shell.js"

forget(location.pathname.split("/")[2])
void dropShell()
showOnce(() => location.replace("/"))

const card = /** @type {HTMLElement} */ (document.querySelector("[data-return]"))
const lines = /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll("[data-countdown]"))
const stays = /** @type {NodeListOf<HTMLElement>} */ (card.querySelectorAll(".stay"))
const end = Date.now() + Number(card.dataset.seconds) * 1000

for (const link of card.querySelectorAll("a.go")) {
  link.addEventListener("click", (event) => {
    event.preventDefault()
    location.replace(/** @type {HTMLAnchorElement} */ (link).href)
  })
}

let spoken = 0
const tick = setInterval(() => {
  const left = Math.max(0, Math.ceil((end - Date.now()) / 1000))
  if (!left) return location.replace(card.dataset.return || "/")
  if (left > 20 && spoken) return
  if (left % 10 && spoken) return
  if (left === spoken) return
  spoken = left
  for (const line of lines) {
    line.textContent = (line.dataset.countdown || "").replace("{n}", String(left))
    line.hidden = false
  }
  for (const stay of stays) stay.hidden = false
}, 500)

for (const stay of stays) {
  stay.addEventListener("click", () => {
    clearInterval(tick)
    for (const line of lines) line.hidden = true
    for (const other of stays) other.hidden = true
  })
}
