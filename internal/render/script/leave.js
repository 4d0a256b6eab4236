// A shared device: what one student leaves, the next one does not see, not even for a moment.

/** Hides the page when it is left; should the browser have kept it, it is not shown before `again`. @param {() => void} again */
export function showOnce(again) {
  addEventListener("pagehide", () => document.documentElement.classList.add("left"))
  addEventListener("pageshow", (event) => { if (event.persisted) again() })
}
