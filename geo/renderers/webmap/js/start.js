/** How every page's map begins: its layers as the map's own script asks for them, then all that a map needs once it stands. */

/** What every page draws below its zones and beside them, by kind. */
const REFERENCE_LAYERS = {
  land: buildLand,
  borders: buildBorders,
  oblasts: buildOblasts,
  rivers: buildRivers,
  band: buildBand,
  front: buildFront,
  places: buildPlaces,
};

/**
 * @param {(kind: string) => L.LayerGroup} build
 * @returns {{layers: Object<string, L.LayerGroup>, layer: (kind: string) => L.LayerGroup}} what was built, and what builds
 */
function collectLayers(build) {
  L.Renderer.mergeOptions({ padding: 0.5 }); // draw beyond the edge, so that dragging shows no bare margin
  calmMaps();
  const layers = {};
  const layer = (kind) => {
    layers[kind] = build(kind);
    return layers[kind];
  };
  return { layers, layer };
}

/**
 * Fit the view, add scale and controls, and keep lettering and rings right from now on.
 *
 * @param {L.Map} map
 * @param {Object} data
 * @param {(kind: string) => boolean} isShown whether a layer is on the map
 * @returns {() => void} letters the map anew
 */
function startMap(map, data, isShown) {
  map.options.minZoomOfPage = map.getMinZoom();
  addScale(map);
  addWholeView(map, data);
  fitView(map, data);
  map.setMaxBounds(data.extent); // only now: it would set the map moving while it is being fitted
  const drawRings = createRings(map, data, isShown);
  const letter = createLabels(map, data, isShown);
  const drawLabels = () => {
    tellUnmapped(map, data); // the legend grows by it, and labels keep clear of the legend
    drawRings();
    showLateWays(map, data.zones);
    letter();
  };
  map.on("moveend zoomend resize overlayadd overlayremove zoneselect", drawLabels);
  map.on("resize", () => limitView(map, data));
  document.querySelector(".legend")?.addEventListener("toggle", drawLabels);
  connectLayers(map, drawLabels);
  return drawLabels;
}

/** Letter the map, now that every control has its place, and say that it can be used. @param {() => void} drawLabels */
function endStart(drawLabels) {
  drawLabels();
  document.documentElement.dataset.ready = "map";
}
