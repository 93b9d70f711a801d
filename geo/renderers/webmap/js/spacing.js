/** Readers may space letters and words wider by a style of their own, at any time. */

import { find } from "./elements.js";

/** @param {() => void} onChange */
export function followSpacing(onChange) {
  const note = find(".note", HTMLElement); // its text changes its size
  const read = () => {
    const { letterSpacing, wordSpacing, fontFamily } = getComputedStyle(note);
    return [letterSpacing, wordSpacing, fontFamily].join();
  };
  let before = read();
  new ResizeObserver(() => {
    const now = read();
    if (now !== before) {
      before = now;
      onChange();
    }
  }).observe(note);
}
