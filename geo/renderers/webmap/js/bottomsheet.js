/** On a narrow screen the panel is a sheet below the map: it shows its head, and comes up when asked. */

import { find } from "./elements.js";

/** As narrow as the style sheet says; a phone on its side has room for the panel beside the map. */
const NARROW = "(max-width: 860px) and (min-height: 521px), (max-width: 520px)";

/** On a window lower than this, in pixels, the legend is folded at first. */
const LOW = 520;

/** How far a finger must move the sheet for it to follow, in pixels. */
const SWIPE = 40;

/** The part of the window's height that the lowered sheet takes at most. */
const MOST_OF_SCREEN = 0.32;

/** @param {L.Map} map @returns {{lower: () => void}} */
export function connectSheet(map) {
  const root = document.documentElement;
  const handle = find("#sheet-handle", HTMLElement);
  const says = find("span:last-child", HTMLElement, handle);
  const legend = find(".legend", HTMLDetailsElement);
  const narrow = window.matchMedia(NARROW);
  const setUp = (/** @type {boolean} */ isUp) => {
    root.classList.toggle("is-sheet-up", isUp);
    handle.setAttribute("aria-expanded", String(isUp));
    says.textContent = isUp ? "Show the map" : "Show the figures";
    if (!isUp) {
      find(".panel", HTMLElement).scrollTop = 0;
    }
  };
  const adapt = () => {
    if (root.classList.contains("is-printing")) {
      return; // paper is as narrow as it is, and has a place for everything
    }
    setUp(false);
    showHead(root, narrow.matches);
    legend.open = !narrow.matches && window.innerHeight > LOW; // open, it would take half of a small map
    map.invalidateSize({ animate: false });
  };
  followFinger(handle, setUp, () => setUp(!root.classList.contains("is-sheet-up")));
  narrow.addEventListener("change", adapt);
  window.addEventListener("resize", () => showHead(root, narrow.matches));
  root.classList.add("has-sheet");
  adapt();
  return { lower: () => narrow.matches && setUp(false) };
}

/**
 * Let the lowered sheet show its title and sentence whole, as far as they leave the larger part to the map.
 *
 * @param {HTMLElement} root
 * @param {boolean} isNarrow
 */
function showHead(root, isNarrow) {
  if (!isNarrow) {
    root.style.removeProperty("--peek");
    return;
  }
  const head = find(".panel header", HTMLElement);
  const height = Math.min(head.offsetTop + head.offsetHeight + 8, MOST_OF_SCREEN * window.innerHeight);
  root.style.setProperty("--peek", `${height}px`);
}

/**
 * A swipe on the handle moves the sheet up or down; a tap, or Enter, to where it is not.
 *
 * @param {HTMLElement} handle
 * @param {(isUp: boolean) => void} setUp
 * @param {() => void} toggle
 */
function followFinger(handle, setUp, toggle) {
  let [start, moved] = [0, 0];
  handle.addEventListener("pointerdown", (event) => {
    start = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointerup", (event) => {
    moved = event.clientY - start;
    if (Math.abs(moved) > SWIPE) {
      setUp(moved < 0);
    }
  });
  handle.addEventListener("click", ({ detail }) => {
    // A mouse ends its swipe with a click, which asks for nothing more; a key's click has no pointer before it.
    if (detail === 0 || Math.abs(moved) <= SWIPE) {
      toggle();
    }
    moved = 0;
  });
}
