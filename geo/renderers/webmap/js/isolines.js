/**
 * Lines of equal distance to the front: a layer that is off at first, switched in the layer control or beside the bars.
 */

import { samplesInView } from "./boxes.js";
import { look } from "./layers.js";
import { bendOf, upright } from "./spots.js";

/** @import { Spot } from "./boxes.js" */
/** @import { MapData } from "./data.js" */
/** @import { Label } from "./names.js" */
/** @import { Size } from "./spots.js" */

/** @param {MapData} data */
export function buildIsolines(data) {
  return L.layerGroup(data.isolines.map((isoline) => L.polyline(isoline.lines, look("isolines", "isoline"))));
}

/**
 * Two labels for each line, one for each half of what is in view of it.
 *
 * @param {MapData["isolines"][number]} isoline
 * @param {number} index
 * @returns {Label[]}
 */
export function labelIsolines({ text, lines }, index) {
  return [0, 1].map((half) => ({
    layer: "isolines",
    className: "isoline-name",
    lines: [text],
    priority: 3.5 + index / 100 + half / 10, // one label for each line before any second one
    minZoom: 0,
    maxCost: 20,
    spots: (map, size) => {
      const points = samplesInView(map, lines, 6);
      const middle = Math.floor(points.length / 2);
      return spotsOnStretches(half ? points.slice(middle) : points.slice(0, middle), size, 6);
    },
  }));
}

/**
 * Spots on the straight stretches of a line, the text turned with it.
 *
 * @param {L.Point[]} points every few pixels along the line
 * @param {Size} size
 * @param {number} step pixels between the points
 * @returns {Spot[]}
 */
function spotsOnStretches(points, size, step) {
  const span = Math.ceil(size.width / step);
  const spots = [];
  for (let i = 0; i + span < points.length; i += 3) {
    const bend = bendOf(points.slice(i, i + span + 1));
    if (bend < 4) {
      const [from, to] = [points[i], points[i + span]];
      const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
      const offMiddle = Math.abs((i + span / 2) / points.length - 0.5);
      spots.push({
        x: (from.x + to.x) / 2,
        y: (from.y + to.y) / 2,
        cost: bend + 6 * offMiddle,
        angle: upright(angle),
      });
    }
  }
  return spots;
}

/**
 * Keep the button in the panel, the layer control and the legend in step with the layer.
 *
 * @param {L.Map} map
 * @param {L.LayerGroup} layer
 */
export function connectIsolines(map, layer) {
  const button = document.getElementById("isolines-switch"); // only where there are such lines
  const key = document.getElementById("isolines-key");
  const show = () => {
    const isOn = map.hasLayer(layer);
    button?.setAttribute("aria-pressed", String(isOn));
    key?.toggleAttribute("hidden", !isOn);
  };
  button?.addEventListener("click", () => (map.hasLayer(layer) ? layer.remove() : layer.addTo(map)));
  map.on("overlayadd overlayremove", show);
  show();
}
