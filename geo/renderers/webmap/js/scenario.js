/** What every page of one scenario is made of: its layers, then all that starts once its map stands. */

import { nameMap } from "./access.js";
import { connectSheet } from "./bottomsheet.js";
import { readPageData, unpackMap } from "./data.js";
import { find } from "./elements.js";
import { buildIsolines, connectIsolines } from "./isolines.js";
import { buildNearest } from "./nearest.js";
import { connectNumbers, showAge } from "./panel.js";
import { printSheet } from "./paper.js";
import { collectLayers, drawMap, frameMap, REFERENCE_LAYERS } from "./start.js";
import { connectTakeaway, renderTable } from "./takeaway.js";
import { connectTools } from "./tools.js";
import { renderZones } from "./zonefile.js";
import { buildZones } from "./zones.js";

/** @import { ScenarioPageJson } from "./data.js" */
/** @import { BuildLayer } from "./start.js" */

/**
 * @param {Record<string, BuildLayer>} more layers of this page alone, by kind
 * @returns {{layer: (kind: string) => L.LayerGroup, start: (map: L.Map) => void}}
 */
export function createPage(more = {}) {
  /** @type {ScenarioPageJson} */
  const json = readPageData();
  const data = unpackMap(json);
  const page = { ...data, frontId: json.frontId, scenario: json.scenario };
  /** @type {Record<string, BuildLayer>} */
  const builders = { ...REFERENCE_LAYERS, zones: buildZones, nearest: buildNearest, isolines: buildIsolines, ...more };
  const drawn = collectLayers((kind) => builders[kind](data));
  /** Make the page usable at once, with its picture for a map; then draw the map, and show it when all of it stands. */
  const start = (/** @type {L.Map} */ map) => {
    showAge(find("#age", HTMLElement), new Date());
    const sheet = connectSheet(map); // it takes room, which the view is then fitted to
    connectNumbers(map);
    connectIsolines(map, drawn.layers.isolines); // before the labels, which keep clear of the legend that this makes longer
    frameMap(map, data);
    let lettering = { drawLabels: () => {} };
    connectTools(map, page, { drawLabels: () => lettering.drawLabels(), sheet });
    nameMap(map);
    connectTakeaway({ distances: () => renderTable(json.table), zones: () => renderZones(page) });
    lettering = drawMap(map, data, drawn, (kind) => map.hasLayer(drawn.layers[kind]));
    printSheet(map, data);
  };
  return { layer: drawn.layer, start };
}
