/** The map by keyboard: a crosshair that arrows move, which reads out the distance where it stands. */

import { appendSvg } from "./svg.js";
import { WALK } from "./walk.js";

/** @import { LatLng } from "./data.js" */

/** Pixels a press of an arrow moves the crosshair; with Shift, the longer way. */
const STEP = { short: 10, long: 60 };

/** How near to the map's edge the crosshair comes before the map moves under it, in pixels. */
const EDGE = 48;

/** @type {Record<string, [number, number]>} */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {L.Map} map
 * @param {{show: (at: LatLng) => void, act: (at: LatLng) => void, back: () => void, leave: () => void, walk: (key: string) => LatLng | null}} tools
 *   show says what is at a position, act is what a click does there, back takes the last one away, walk goes to a zone
 */
export function createCrosshair(map, tools) {
  const container = map.getContainer();
  const mark = appendMark(container);
  /** @type {L.Point | null} */
  let at = null;
  /** Where the zone lies that was gone to: from there the crosshair sets out. @type {LatLng | null} */
  let origin = null;
  map.keyboard.disable(); // Leaflet's arrows move the map
  container.tabIndex = 0;

  const place = (/** @type {L.Point} */ point) => {
    at = keepInside(map, point);
    origin = null;
    L.DomUtil.setPosition(mark, at);
    mark.classList.remove("is-hidden");
    tools.show(positionAt(map, at));
    return at;
  };
  const hide = () => {
    at = null;
    mark.classList.add("is-hidden");
  };
  const start = () => at || (origin ? map.latLngToContainerPoint(origin) : map.getSize().divideBy(2));

  container.addEventListener("focus", () => container.matches(":focus-visible") && place(start()));
  container.addEventListener("blur", hide);
  container.addEventListener("mousedown", hide);
  map.on("moveend", () => at && tools.show(positionAt(map, at)));
  map.on("resize", () => at && place(at));
  container.addEventListener("keydown", (event) => {
    if (event.target === container && !event.altKey && !event.ctrlKey && !event.metaKey && press(event)) {
      event.preventDefault();
    }
  });

  /** @param {KeyboardEvent} event @returns {boolean} whether the key meant something here */
  function press({ key, shiftKey }) {
    if (ARROWS[key]) {
      const step = shiftKey ? STEP.long : STEP.short;
      place(start().add(L.point(ARROWS[key]).multiplyBy(step)));
    } else if (key === "Enter" || key === " ") {
      tools.act(positionAt(map, place(start())));
    } else if (key === "Delete" || key === "Backspace") {
      tools.back();
    } else if (key === "+" || key === "=" || key === "-") {
      map.setZoomAround(place(start()), map.getZoom() + (key === "-" ? -1 : 1) * (map.options.zoomDelta ?? 1));
    } else if (WALK.includes(key)) {
      hide(); // the zone is spoken of, not what the crosshair stands on
      origin = tools.walk(key);
    } else if (key === "Escape") {
      tools.leave();
    } else {
      return false;
    }
    return true;
  }
}

/**
 * Move the map where a point would leave it, and return where the point then is.
 *
 * @param {L.Map} map
 * @param {L.Point} point
 */
function keepInside(map, point) {
  const size = map.getSize();
  const kept = L.point(clamp(point.x, EDGE, size.x - EDGE), clamp(point.y, EDGE, size.y - EDGE));
  const beyond = point.subtract(kept);
  if (beyond.x || beyond.y) {
    map.panBy(beyond, { animate: false });
  }
  return kept;
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

/** @param {L.Map} map @param {L.Point} point @returns {LatLng} the position under a point of the map's container */
export function positionAt(map, point) {
  const { lat, lng } = map.containerPointToLatLng(point);
  return [lat, lng];
}

/** A ring with four hairs, as an SVG path around 0, 0. */
const CROSSHAIR = "M0-22V-6M0 6V22M-22 0H-6M6 0H22M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0";

/** The crosshair, dark on light so that it shows on any ground. @param {HTMLElement} container */
function appendMark(container) {
  const mark = appendSvg(container, "svg", "crosshair is-hidden");
  mark.setAttribute("viewBox", "-24 -24 48 48");
  mark.setAttribute("aria-hidden", "true");
  ["crosshair-casing", "crosshair-line"].forEach((className) => {
    appendSvg(mark, "path", className).setAttribute("d", CROSSHAIR);
  });
  return mark;
}
