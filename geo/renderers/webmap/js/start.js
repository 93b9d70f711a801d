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
import { followSpacing } from "./spacing.js";
import { workInSteps } from "./steps.js";
import { alignStill, dropStill } from "./still.js";
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

/** Layers that are empty until they are filled. @param {(kind: string) => L.LayerGroup} build */
export function collectLayers(build) {
  L.Renderer.mergeOptions({ padding: 0.5 }); // draw beyond the edge, so that dragging shows no bare margin
  calmMaps();
  silencePanes();
  /** What was asked for, by kind. @type {Record<string, L.LayerGroup>} */
  const layers = {};
  const layer = (/** @type {string} */ kind) => {
    layers[kind] = L.layerGroup();
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
function* letterMap(map, data, isShown) {
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
  followSpacing(() => {
    settleView(map, data);
    map.fire("resize"); // letters the map anew, in letters of another width
  });
  prepare();
  yield* labels.begin();
  return drawLabels;
}

/**
 * Show the picture of the opening view, draw the map in steps, and show it when all of it stands.
 *
 * @param {L.Map} map
 * @param {MapData} data
 * @param {ReturnType<typeof collectLayers>} drawn
 * @param {(kind: string) => boolean} isShown whether a layer is on the map
 * @param {() => void} [addMore] draws what comes after the layers
 * @returns {{drawLabels: () => void}} letters the map anew, once it has been lettered
 */
export function drawMap(map, data, drawn, isShown, addMore = () => {}) {
  settleView(map, data);
  const follow = () => alignStill(map);
  follow();
  map.on("move", follow);
  const lettering = { drawLabels: () => {} };
  const finish = workInSteps(
    (function* draw() {
      yield* drawn.fill();
      addMore();
      yield;
      lettering.drawLabels = yield* letterMap(map, data, isShown);
      map.off("move", follow);
      dropStill();
      document.documentElement.dataset.ready = "map";
    })(),
  );
  window.addEventListener("beforeprint", finish); // before what fits the map to paper
  return lettering;
}

/** Fit the view, now that every control has its place. @param {L.Map} map @param {MapData} data */
function settleView(map, data) {
  foldLegend(map, data);
  fitView(map, data);
  if (!data.mapped.contains(map.getBounds())) {
    tellUnmapped(map, data); // the legend has one row more
    foldLegend(map, data);
    fitView(map, data);
  }
  map.setMaxBounds(data.extent); // only now: it would set the map moving while it is being fitted
}

/** Fold the legend where it would leave too little room. @param {L.Map} map @param {MapData} data */
function foldLegend(map, data) {
  const legend = document.querySelector("details.legend");
  if (legend instanceof HTMLDetailsElement && legend.open) {
    const unfolded = findFit(map, data);
    legend.open = false;
    const folded = findFit(map, data);
    legend.open =
      folded.zoom - unfolded.zoom < MOST_ROOM && unfolded.hidden === 0 && (!unfolded.isBeyond || folded.isBeyond);
  }
}
