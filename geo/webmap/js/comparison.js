/** Scenarios side by side: what the map's own script calls, `geo.layer(kind)` and `geo.start(map)`. */

const geo = (() => {
  const data = readPageData();
  const shared = {
    land: buildLand,
    borders: buildBorders,
    oblasts: buildOblasts,
    rivers: buildRivers,
    band: buildBand,
    front: buildFront,
    places: buildPlaces,
  };
  const layers = {};
  L.Renderer.mergeOptions({ padding: 0.5 }); // draw beyond the edge, so that dragging shows no bare margin
  calmMaps();

  /** Build one layer from the page's data. @param {string} kind @returns {L.LayerGroup} */
  function layer(kind) {
    layers[kind] = kind in shared ? shared[kind](data) : buildScenario(data, kind);
    return layers[kind];
  }

  /** @param {string} kind what a label belongs to: a layer, or all zones or ways of the map */
  function isShown(kind) {
    return kind in layers ? map.hasLayer(layers[kind]) : true;
  }

  let map = null;

  /** @param {L.Map} started */
  function start(started) {
    map = started;
    map.options.minZoomOfPage = map.getMinZoom();
    addScale(map);
    fitView(map, data);
    map.setMaxBounds(data.extent); // only now: it would set the map moving while it is being fitted
    const drawLabels = createLabels(map, data, isShown);
    map.on("moveend zoomend resize", drawLabels);
    map.on("resize", () => limitView(map, data));
    connectSwitches(map, layers, drawLabels);
    connectPanel(createSelection(map, data), { lower: () => undefined }); // no sheet hides this map
    nameComparison(map);
    connectTakeaway(data.files);
    connectSorting();
    widenForPaper(map, data);
    drawLabels();
    document.documentElement.dataset.ready = "map";
  }

  return { layer, start };
})();

/** One scenario: its zones, and the way from the nearest of them to the front. @param {string} kind its layer's name */
function buildScenario(data, kind) {
  const group = L.layerGroup();
  const zones = data.zones.filter((zone) => zone.layer === kind);
  buildNearest({ zones }).eachLayer((shape) => group.addLayer(shape));
  zones.forEach((zone) => group.addLayer(drawZone(zone, data.zones.indexOf(zone))));
  return group;
}

/** Say what the map is and what it shows. @param {L.Map} map */
function nameComparison(map) {
  const container = map.getContainer();
  container.setAttribute("role", "region");
  container.setAttribute("aria-label", "Map of the scenarios");
  container.setAttribute("aria-describedby", "map-description");
}

/** Each scenario's tick shows or hides its layer; the view stays, so that they are compared at the same extent. */
function connectSwitches(map, layers, drawLabels) {
  document.querySelectorAll("input[data-layer]").forEach((input) => {
    const layer = layers[input.dataset.layer];
    const follow = () => {
      map[input.checked ? "addLayer" : "removeLayer"](layer);
      drawLabels();
    };
    input.addEventListener("change", follow);
    follow(); // a browser may remember the ticks of an earlier visit
  });
}

/** On paper the map has the width of the page, and the tables follow. */
function widenForPaper(map, data) {
  const root = document.documentElement;
  const turn = (isPrinting) => {
    root.classList.toggle("is-on-paper", isPrinting);
    map.invalidateSize({ animate: false, pan: false });
    fitView(map, data);
  };
  window.addEventListener("beforeprint", () => turn(true));
  window.addEventListener("afterprint", () => turn(false));
}
