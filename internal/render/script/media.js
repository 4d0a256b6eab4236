// The pictures and recordings of a survey on the device: with them it goes on without a network as it was with one.

/** The addresses of what a survey shows and plays: pictures first, then what is spoken in the language that is open. @param {Record<string, string>} pages by language */
export function mediaOf(pages) {
  const now = document.documentElement.lang
  const all = [pages[now] || "", ...Object.values(pages)].flatMap((page) => page.match(/\/media\/[0-9a-f]{64}\.\w+/g) || [])
  const isPicture = (/** @type {string} */ address) => /\.(svg|png)$/.test(address)
  return [...new Set([...all.filter(isPicture), ...all])]
}

/** One after the other, so that answers on their way do not wait. @param {Cache} cache @param {string[]} addresses */
export async function keepMedia(cache, addresses) {
  let left = 8 << 20 // bytes: a guest's session keeps them in memory
  for (const address of addresses) {
    const kept = await cache.match(address)
    const reply = kept || await fetch(address)
    if (!reply.ok) continue
    left -= (await reply.clone().blob()).size
    if (left < 0) return
    if (!kept) await cache.put(address, reply)
  }
}
