// The words that the script says travel with the page, so that they change with its language.

/**
 * @param {string} name as in the data-attributes of the page's #says
 * @param {Record<string, string | number>} [fill] for each {name} in the words
 */
export function say(name, fill = {}) {
  const says = /** @type {HTMLElement} */ (document.getElementById("says"))
  return (says.getAttribute("data-" + name) || "").replace(/\{(\w+)\}/g, (_, key) => String(fill[key]))
}
