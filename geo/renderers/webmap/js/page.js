/** The page of one scenario: what the map's own script calls, `geo.layer(kind)` for each layer, then `geo.start(map)`. */

import { nameMap } from "./access.js";
import { drawBarsLater } from "./bars.js";
import { readPageData } from "./data.js";
import { buildIsolines, connectIsolines } from "./isolines.js";
import { buildNearest } from "./nearest.js";
import { showAge } from "./panel.js";
import { followPrinter } from "./paper.js";
import { connectSheet } from "./sheet.js";
import { REFERENCE_LAYERS, collectLayers, endStart, startMap } from "./start.js";
import { connectTakeaway, renderTable } from "./takeaway.js";
import { connectTools } from "./tools.js";
import { renderZones } from "./zonefile.js";
import { buildZones } from "./zones.js";

const data = readPageData();
const builders = { ...REFERENCE_LAYERS, zones: buildZones, nearest: buildNearest, isolines: buildIsolines };
const drawn = collectLayers((kind) => builders[kind](data));

/** Build a layer. */
export const { layer } = drawn;

/** @param {L.Map} map */
export function start(map) {
  showAge(document.getElementById("age"), new Date());
  const sheet = connectSheet(map); // it takes room, which the view is then fitted to
  connectIsolines(map, drawn.layers.isolines); // before the labels, which keep clear of the legend that this makes longer
  const drawLabels = startMap(map, data, (kind) => map.hasLayer(drawn.layers[kind]));
  connectTools(map, data, { drawLabels, sheet });
  nameMap(map);
  drawBarsLater(data.zones);
  connectTakeaway({ distances: () => renderTable(data.table), zones: () => renderZones(data) });
  followPrinter(map, data);
  endStart(drawLabels);
}
