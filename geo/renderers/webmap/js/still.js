/** The picture of the opening view, which is seen until the map is drawn: laid where the map stands, then taken away. */

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
  still.setAttribute("viewBox", [...from, x * scale, y * scale].map((each) => each.toFixed(2)).join(" "));
}

/** Show the map instead of the picture. */
export function dropStill() {
  document.querySelector(STILL)?.remove();
}
