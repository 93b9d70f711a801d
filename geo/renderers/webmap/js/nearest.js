/**
 * For each zone, the shortest way to the front: that of the nearest zone from the start, any other one while its zone is
 * selected or pointed at.
 *
 * @typedef {Zone & Required<Pick<Zone, "nearest" | "figures">>} MeasuredZone
 */

import { greatCircle } from "./greatcircle.js";
import { look } from "./layers.js";

/** @import { Zone } from "./data.js" */

/** With more zones than these, names and numbers stand inside their zones only. */
export const CROWD = 40;

/** @param {{zones: Zone[]}} data */
export function buildNearest({ zones }) {
  const first = nearestZones(zones);
  return L.layerGroup(zonesByDistance(zones).flatMap((zone) => drawNearest(zone, first.has(zone.index))));
}

/** The indexes of the nearest zones, one of each scenario on the map. @param {Zone[]} zones @returns {Set<number>} */
export function nearestZones(zones) {
  /** @type {Map<string | undefined, number>} */
  const first = new Map();
  for (const { layer, index } of zonesByDistance(zones)) {
    first.set(layer, first.get(layer) ?? index);
  }
  return new Set(first.values());
}

/** The zones that have a distance, nearest first. @param {Zone[]} zones @returns {MeasuredZone[]} */
export function zonesByDistance(zones) {
  return zones.filter(isMeasured).sort((a, b) => a.nearest.km - b.nearest.km);
}

/** @param {Zone} zone @returns {zone is MeasuredZone} */
function isMeasured(zone) {
  return zone.nearest !== undefined && zone.figures !== undefined;
}

/**
 * @param {MeasuredZone} zone
 * @param {boolean} isFirst whether it is there from the start
 * @returns {L.Path[]} the way, and a dot at each end
 */
function drawNearest({ nearest: { from, to }, index }, isFirst) {
  const late = `way-${index}${isFirst ? "" : " way-late"}`;
  const ends = [from, to].map((end) => L.circleMarker(end, { ...look("nearest", `nearest-end ${late}`), radius: 2.4 }));
  return [L.polyline(greatCircle(from, to), look("nearest", `nearest ${late}`)), ...ends];
}
