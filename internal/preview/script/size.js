// How large a page is shown: its width in CSS pixels is that of a device, and it is shrunk or enlarged into its place.

/** Chromebook: the common 11 inch screen. Zoom: what is left of 1280 by 1024 at 400 %, as WCAG 2.2 (1.4.10) reckons. */
const sizes = {
  phone: { width: 360, height: 0, most: 1 },
  chromebook: { width: 1366, height: 768, most: 1 },
  zoom: { width: 320, height: 256, most: 4 },
}

/**
 * Fits a frame into its hole.
 * @param {HTMLElement} hole @param {HTMLIFrameElement} frame @param {string} name of the size
 */
export function fit(hole, frame, name) {
  const size = sizes[/** @type {keyof typeof sizes} */ (name)] || sizes.phone
  const room = hole.clientWidth
  const scale = Math.min(size.most, room / size.width)
  const height = size.height || Math.max(320, hole.clientHeight / scale)
  if (size.height) hole.style.height = Math.round(size.height * scale) + "px"
  else hole.style.removeProperty("height")
  frame.style.width = size.width + "px"
  frame.style.height = Math.round(height) + "px"
  frame.style.transform = scale === 1 ? "" : `scale(${scale})`
  frame.style.left = Math.max(0, (room - size.width * scale) / 2) + "px"
}
