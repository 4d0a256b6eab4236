// The code is looked at before it is sent: a slip of the finger is told at once and counts for nothing. What a student
// before left in this tab goes.

import { forget } from "./draft.js"
import { showOnce } from "./leave.js"
import { dropShell } from "./shell.js"
import { isCode, shape } from "./code.js"

forget()
void dropShell()
showOnce(() => location.reload())

const form = document.querySelector("form")
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"))
const problem = /** @type {HTMLElement} */ (document.getElementById("code-problem"))

if (field.getAttribute("aria-invalid")) field.select()

field.addEventListener("input", () => {
  const atEnd = field.selectionStart === field.value.length
  if (atEnd) field.value = shape(field.value)
  field.removeAttribute("aria-invalid")
  problem.textContent = ""
})

form?.addEventListener("submit", (event) => {
  const words = !field.value.trim() ? form.dataset.empty : !isCode(field.value) ? form.dataset.mistyped : ""
  if (!words) return
  event.preventDefault()
  problem.textContent = words
  field.setAttribute("aria-invalid", "true")
  field.focus()
})
