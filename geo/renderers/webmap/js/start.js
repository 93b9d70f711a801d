/**
 * How every page's map begins: its layers as the map's own script asks for them, then all that a map needs once it
 * stands.
 */

import { calmMaps, connectLayers } from "./access.js";
import { createLabels } from "./labels.js";
import {
  buildBand,
  buildBeyond,
  buildBorders,
  buildFront,
  buildLand,
  buildOblasts,
  buildPlaces,
  buildRivers,
} from "./layers.js";
import { addScale } from "./scale.js";
import { addWholeView, findFit, fitView, limitView, tellUnmapped } from "./view.js";
import { createRings } from "./zones.js";

/** @import { MapData } from "./data.js" */

/** @typedef {(data: MapData) => L.LayerGroup} BuildLayer */

/** So many steps of zoom may the unfolded legend cost. */
const MOST_ROOM = 0.5;

/** What every page draws below its zones and beside them, by kind. @type {Record<string, BuildLayer>} */
export const REFERENCE_LAYERS = {
  land: buildLand,
  beyond: buildBeyond,
  borders: buildBorders,
  oblasts: buildOblasts,
  rivers: buildRivers,
  band: buildBand,
  front: buildFront,
  places: buildPlaces,
};

/**
 * @param {(kind: string) => L.LayerGroup} build
 * @returns {{layers: Record<string, L.LayerGroup>, layer: (kind: string) => L.LayerGroup}} what was built, and what builds
 */
export function collectLayers(build) {
  L.Renderer.mergeOptions({ padding: 0.5 }); // draw beyond the edge, so that dragging shows no bare margin
  calmMaps();
  /** @type {Record<string, L.LayerGroup>} */
  const layers = {};
  const layer = (/** @type {string} */ kind) => {
    layers[kind] = build(kind);
    return layers[kind];
  };
  return { layers, layer };
}

/**
 * Fit the view, add scale and controls, and keep lettering and rings right from now on.
 *
 * @param {L.Map} map
 * @param {MapData} data
 * @param {(kind: string) => boolean} isShown whether a layer is on the map
 * @returns {() => void} letters the map anew
 */
export function startMap(map, data, isShown) {
  map.options.minZoomOfPage = map.getMinZoom();
  addScale(map);
  addWholeView(map, data);
  fitView(map, data);
  const drawRings = createRings(map, data, isShown);
  const letter = createLabels(map, data, isShown);
  const drawLabels = () => {
    tellUnmapped(map, data); // the legend grows by it, and labels keep clear of the legend
    drawRings();
    letter();
  };
  map.on("moveend zoomend resize overlayadd overlayremove zoneselect", drawLabels);
  map.on("resize", () => limitView(map, data));
  document.querySelector(".legend")?.addEventListener("toggle", drawLabels);
  connectLayers(map, drawLabels);
  return drawLabels;
}

/**
 * Fit and letter the map, now that every control has its place, and say that it can be used.
 *
 * @param {L.Map} map
 * @param {MapData} data
 * @param {() => void} drawLabels
 */
export function endStart(map, data, drawLabels) {
  foldLegend(map, data);
  fitView(map, data);
  map.setMaxBounds(data.extent); // only now: it would set the map moving while it is being fitted
  drawLabels();
  document.documentElement.dataset.ready = "map";
}

/** Fold the legend where it would leave too little room. @param {L.Map} map @param {MapData} data */
function foldLegend(map, data) {
  const legend = document.querySelector("details.legend");
  if (legend instanceof HTMLDetailsElement && legend.open) {
    const unfolded = findFit(map, data);
    legend.open = false;
    const folded = findFit(map, data);
    legend.open = folded.zoom - unfolded.zoom < MOST_ROOM && unfolded.hidden === 0;
  }
}
