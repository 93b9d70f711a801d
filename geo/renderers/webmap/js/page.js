/** What the map's own script calls: `geo.layer(kind)` for each layer, then `geo.start(map)`. */

const geo = (() => {
  const data = readPageData();
  const builders = { ...REFERENCE_LAYERS, zones: buildZones, nearest: buildNearest, isolines: buildIsolines };
  const { layers, layer } = collectLayers((kind) => builders[kind](data));

  /** @param {L.Map} map */
  function start(map) {
    showAge(document.getElementById("age"), new Date());
    const sheet = connectSheet(map); // it takes room, which the view is then fitted to
    connectIsolines(map, layers.isolines); // before the labels, which keep clear of the legend that this makes longer
    const drawLabels = startMap(map, data, (kind) => map.hasLayer(layers[kind]));
    connectTools(map, data, { drawLabels, sheet });
    nameMap(map);
    drawBarsLater(data.zones);
    connectTakeaway({ distances: () => renderTable(data.table), zones: () => renderZones(data) });
    followPrinter(map, data);
    endStart(drawLabels);
  }

  return { layer, start };
})();
