/** What the map's own script calls: `geo.layer(kind)` for each layer, then `geo.start(map)`. */

const geo = (() => {
  const data = readPageData();
  const builders = {
    land: buildLand,
    borders: buildBorders,
    oblasts: buildOblasts,
    rivers: buildRivers,
    band: buildBand,
    zones: buildZones,
    nearest: buildNearest,
    isolines: buildIsolines,
    front: buildFront,
    places: buildPlaces,
  };
  const layers = {};
  L.Renderer.mergeOptions({ padding: 0.5 }); // draw beyond the edge, so that dragging shows no bare margin
  calmMaps();

  /** Build one layer from the page's data. @param {string} kind @returns {L.LayerGroup} */
  function layer(kind) {
    layers[kind] = builders[kind](data);
    return layers[kind];
  }

  /** Fit the view, add scale and tools, draw the labels and keep them right. @param {L.Map} map */
  function start(map) {
    map.options.minZoomOfPage = map.getMinZoom();
    showAge(document.getElementById("age"), new Date());
    const sheet = connectSheet(map); // it takes room, which the view is then fitted to
    addScale(map);
    fitView(map, data);
    map.setMaxBounds(data.extent); // only now: it would set the map moving while it is being fitted
    connectIsolines(map, layers.isolines); // before the labels, which keep clear of the legend that this makes longer
    const drawLabels = createLabels(map, data, (kind) => map.hasLayer(layers[kind]));
    map.on("moveend zoomend resize overlayadd overlayremove", drawLabels);
    map.on("resize", () => limitView(map, data));
    document.querySelector(".legend").addEventListener("toggle", drawLabels);
    // The layer control opens and closes by its class; what it covered, or uncovers, is lettered anew.
    const control = map.getContainer().querySelector(".leaflet-control-layers");
    new MutationObserver(() => drawLabels()).observe(control, { attributeFilter: ["class"] });
    connectTools(map, data, { drawLabels, sheet });
    nameMap(map);
    closeLayers(map);
    drawLabels();
    connectTakeaway(data.files);
    followPrinter(map, data);
    document.documentElement.dataset.ready = "map";
  }

  return { layer, start };
})();
