/**
 * How every page's map begins: its layers as the map's own script asks for them, then all that a map needs once it
 * stands.
 */

import { calmMaps, connectLayers, silencePanes } from "./access.js";
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
import { doAll } from "./steps.js";
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
 * @param {{isLater?: boolean}} [options] whether layers are empty until they are filled
 */
export function collectLayers(build, { isLater = false } = {}) {
  L.Renderer.mergeOptions({ padding: 0.5 }); // draw beyond the edge, so that dragging shows no bare margin
  calmMaps();
  silencePanes();
  /** What was asked for, by kind. @type {Record<string, L.LayerGroup>} */
  const layers = {};
  const layer = (/** @type {string} */ kind) => {
    layers[kind] = isLater ? L.layerGroup() : build(kind);
    return layers[kind];
  };
  /** Fill the layers, a shape at a step. @returns {Generator<void, void, void>} */
  function* fill() {
    for (const [kind, group] of Object.entries(layers)) {
      for (const shape of build(kind).getLayers()) {
        group.addLayer(shape);
        yield;
      }
    }
  }
  return { layers, layer, fill };
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
  frameMap(map, data);
  return doAll(letterMap(map, data, isShown));
}

/** Fit the view, and add scale and controls. @param {L.Map} map @param {MapData} data */
export function frameMap(map, data) {
  map.options.minZoomOfPage = map.getMinZoom();
  addScale(map);
  addWholeView(map, data);
  connectLayers(map, () => map.fire("layerlist"));
  fitView(map, data);
}

/**
 * Letter the map step by step, and keep lettering and rings right from now on.
 *
 * @param {L.Map} map
 * @param {MapData} data
 * @param {(kind: string) => boolean} isShown whether a layer is on the map
 * @returns {Generator<void, () => void, void>} letters the map anew
 */
export function* letterMap(map, data, isShown) {
  const drawRings = createRings(map, data, isShown);
  const labels = createLabels(map, data, isShown);
  const prepare = () => {
    tellUnmapped(map, data); // the legend grows by it, and labels keep clear of the legend
    drawRings();
  };
  const drawLabels = () => {
    prepare();
    labels.draw();
  };
  map.on("moveend zoomend resize overlayadd overlayremove zoneselect", drawLabels);
  map.on("resize", () => limitView(map, data));
  map.on("layerlist", drawLabels);
  document.querySelector(".legend")?.addEventListener("toggle", drawLabels);
  prepare();
  yield* labels.begin();
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
  settleView(map, data);
  drawLabels();
  sayReady();
}

/** Fit the view, now that every control has its place. @param {L.Map} map @param {MapData} data */
export function settleView(map, data) {
  foldLegend(map, data);
  fitView(map, data);
  map.setMaxBounds(data.extent); // only now: it would set the map moving while it is being fitted
}

/** Say that the map can be used. */
export function sayReady() {
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
