/** The share of a zone per distance band, as a bar: those beyond the first dozen, drawn when a reader comes to them. */

import { find, findAll } from "./elements.js";
import { appendSvg, setAll } from "./svg.js";

/** @import { Zone, ZoneBar } from "./data.js" */

/** How narrow a part may be, in per cent, and still carry its percentage. */
const LABELLED_PERCENT = 12;

/**
 * Add the bars of the zones that have theirs in the data, once the list of bars comes into view.
 *
 * @param {Zone[]} zones
 */
export function drawBarsLater(zones) {
  const list = find(".bars", HTMLElement);
  const bands = findAll(".band-key li", HTMLElement).map((item) => item.textContent);
  const watch = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      watch.disconnect();
      list.append(...zones.flatMap(({ name, bar }) => (bar ? [drawBar(name, bar, bands)] : [])));
    }
  });
  watch.observe(list);
}

/** @param {string} name @param {ZoneBar} bar @param {string[]} bands their limits in words @returns {HTMLLIElement} */
function drawBar(name, { parts, beyond }, bands) {
  const item = document.createElement("li");
  const title = document.createElement("span");
  title.className = "bar-name";
  title.dir = "auto";
  title.textContent = name;
  const words = document.createElement("span");
  words.className = "bar-words";
  const phrases = parts.map(([band, , share]) => `${bands[band]}: ${share}`);
  if (beyond) {
    phrases.push(`beyond the front, not counted: ${beyond}`);
  }
  phrases.forEach((phrase, index) => {
    const span = document.createElement("span");
    span.textContent = phrase;
    words.append(index ? ", " : "", span);
  });
  item.append(title);
  appendBar(item, parts);
  item.append(words);
  return item;
}

/** @param {Element} item @param {ZoneBar["parts"]} parts */
function appendBar(item, parts) {
  const svg = appendSvg(item, "svg", "bar");
  svg.setAttribute("aria-hidden", "true");
  let start = 0;
  parts.forEach(([band, width, share]) => {
    const rect = appendSvg(svg, "rect", `band-${band}`);
    setAll(rect, { x: `${start}%`, y: "0", width: `${width}%`, height: "100%" });
    if (width >= LABELLED_PERCENT) {
      const text = appendSvg(svg, "text", "");
      setAll(text, { x: `${start + width / 2}%`, y: "12" });
      text.textContent = share;
    }
    start += width;
  });
}
