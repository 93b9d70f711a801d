/**
 * What changed between two fronts: the page of a scenario with the earlier line, and the ground that changed sides.
 */

import { readPageData, unpack } from "./data.js";
import { look } from "./layers.js";
import { createPage } from "./scenario.js";

/** @import { PackedLine, PackedPolygons, ScenarioPageJson } from "./data.js" */

/**
 * @typedef {{lines: PackedLine[], gained: PackedPolygons, lost: PackedPolygons}} SinceJson  the earlier line, and the
 *   ground that changed sides since
 * @typedef {ScenarioPageJson & {since: SinceJson}} ChangesPageJson
 */

/** @type {ChangesPageJson} */
const json = readPageData();

/** @param {PackedPolygons} ground @param {string} name */
function buildGround(ground, name) {
  return L.layerGroup([L.polygon(unpack(ground, json.scale), look("changed", name))]);
}

const page = createPage({
  gained: () => buildGround(json.since.gained, "gained"),
  lost: () => buildGround(json.since.lost, "lost"),
  before: () => L.layerGroup([L.polyline(unpack(json.since.lines, json.fineScale), look("before", "before"))]),
});

/** Build a layer. */
export const { layer } = page;

/** @param {L.Map} map */
export function start(map) {
  page.start(map);
}
