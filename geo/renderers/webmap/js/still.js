/** The picture of the opening view, which is seen until the map is drawn: laid where the map stands, then taken away. */

import { findAll } from "./elements.js";

const STILL = "svg.still";

/** Let the picture show what the map shows, pixel for pixel; the map's own scale stands there already. @param {L.Map} map */
export function alignStill(map) {
  const still = document.querySelector(STILL);
  if (!(still instanceof SVGSVGElement)) {
    return;
  }
  const [perPixel, left, top] = (still.dataset.world ?? "").split(" ").map(Number);
  const { x, y } = map.getSize();
  const corner = map.project(map.containerPointToLatLng([0, 0]), 0);
  const scale = 1 / 2 ** map.getZoom() / perPixel;
  const from = [(corner.x - left) / perPixel, (corner.y - top) / perPixel];
  still.querySelectorAll(".still-scale").forEach((scale) => scale.remove());
  spreadPatterns(still, scale);
  still.setAttribute("viewBox", [...from, x * scale, y * scale].map((each) => each.toFixed(2)).join(" "));
  dropCutNames(still);
}

/** Take away the names that the frame would cut. @param {SVGSVGElement} still */
function dropCutNames(still) {
  const frame = still.getBoundingClientRect();
  const cut = Array.from(still.querySelectorAll("text")).filter((name) => {
    const { left, top, right, bottom } = name.getBoundingClientRect();
    return left < frame.left || top < frame.top || right > frame.right || bottom > frame.bottom;
  });
  cut.forEach((name) => name.remove());
}

/**
 * Let hatching be as wide on the screen as on the map, whatever the picture is scaled by: with patterns of its own.
 *
 * @param {SVGSVGElement} still
 * @param {number} scale units of the picture in a pixel
 */
function spreadPatterns(still, scale) {
  if (!still.querySelector("pattern")) {
    takePatterns(still);
  }
  still.querySelectorAll("pattern").forEach((pattern) => {
    pattern.setAttribute("patternTransform", `scale(${scale}) ${pattern.dataset.turn}`);
  });
}

/** Give a picture patterns of its own, like those of the page. @param {SVGSVGElement} still */
function takePatterns(still) {
  still.prepend(...Array.from(document.querySelectorAll(".patterns pattern"), (pattern) => pattern.cloneNode(true)));
  still.querySelectorAll("pattern").forEach((pattern) => {
    pattern.id = `still-${pattern.id}`;
    pattern.dataset.turn = pattern.getAttribute("patternTransform") ?? "";
  });
  findAll("path[class]", SVGPathElement, still).forEach((path) => {
    path.style.fill = getComputedStyle(path).fill.replace("-narrow", "").replace("#", "#still-");
  });
}

/** Show the map instead of the picture. */
export function dropStill() {
  document.querySelector(STILL)?.remove();
}
