/**
 * The box that says how far the pointer, or the crosshair, is from the front; and the voice for those who do not see it.
 */

import { createVoice } from "./access.js";
import { find } from "./elements.js";
import { probe, sayDistance, saySide, sayWhere } from "./probe.js";

/** @import { LatLng, MapData } from "./data.js" */

/**
 * @typedef {Object} Readout
 * @property {(position: LatLng) => void} show
 * @property {() => void} rest              says what one can do, while nothing is pointed at
 * @property {(text: string) => void} speak for screen readers, after a pause
 */

/** @param {MapData} data @returns {Readout} */
export function createReadout(data) {
  const [distance, where] = ["#readout-distance", "#readout-where"].map((id) => find(id, HTMLElement));
  const speak = createVoice();
  const box = find(".readout", HTMLElement);
  const show = (/** @type {LatLng} */ position) => {
    box.classList.remove("is-resting");
    const found = probe(data, position);
    distance.textContent = [sayDistance(found, data.front), saySide(found)].filter(Boolean).join(", ");
    where.textContent = sayWhere(found);
  };
  const rest = () => {
    box.classList.add("is-resting");
    distance.textContent = "How far is it?";
    where.textContent = hint();
  };
  rest();
  box.hidden = false;
  return { show, rest, speak };
}

/** What to do, in words for the pointer at hand. */
function hint() {
  if (document.documentElement.classList.contains("is-sketching")) {
    return "Point at the map: the distance from there to the front.";
  }
  const isTouch = window.matchMedia("(hover: none)").matches;
  return isTouch ? "Tap the map to pin a distance." : "Point at the map; click to pin the distance.";
}

/**
 * Run a function with its latest argument once for each frame, however often it is called.
 *
 * @template T
 * @param {(value: T) => void} action
 * @returns {(value: T) => void}
 */
function onceAFrame(action) {
  let isWaiting = false;
  /** @type {T} */
  let latest;
  return (value) => {
    latest = value;
    if (!isWaiting) {
      isWaiting = true;
      window.requestAnimationFrame(() => {
        isWaiting = false;
        action(latest);
      });
    }
  };
}

/** Let the box follow the pointer over the map. @param {L.Map} map @param {Readout} readout */
export function followPointer(map, readout) {
  let isOver = false;
  const show = onceAFrame((/** @type {L.LatLng} */ { lat, lng }) => {
    if (isOver) {
      readout.show([lat, lng]);
    }
  });
  const rest = () => {
    if (isOver) {
      isOver = false;
      readout.rest();
    }
  };
  map.on("mousemove", ({ originalEvent, latlng }) => {
    if (isPointing(originalEvent)) {
      isOver = true;
      show(latlng);
    } else {
      rest();
    }
  });
  map.on("mouseout", rest);
}

/**
 * Whether an event points at the map: not over a control, and not when a browser makes mouse events of a tap.
 *
 * @param {MouseEvent & {pointerType?: string, sourceCapabilities?: {firesTouchEvents: boolean} | null}} event
 */
function isPointing(event) {
  const isTouch = event.pointerType === "touch" || event.sourceCapabilities?.firesTouchEvents === true;
  return !isTouch && event.target instanceof Element && !event.target.closest(".leaflet-control");
}
