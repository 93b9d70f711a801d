/**
 * For each zone, the shortest way to the front.
 *
 * @typedef {Zone & Required<Pick<Zone, "nearest" | "figures">>} MeasuredZone
 */

import { greatCircle } from "./greatcircle.js";
import { look } from "./layers.js";

/** @import { Zone } from "./data.js" */

/** So many ways and their lengths are shown from the start, the nearest ones; the others from this zoom on. */
export const WAYS_AT_FIRST = 14;
const ZOOM_OF_ALL_WAYS = 8;

/**
 * With more zones than these, names stand inside only, and beyond the nearest ways only that of the selected zone is
 * shown.
 */
export const CROWD = 40;

/** @param {{zones: Zone[]}} data */
export function buildNearest({ zones }) {
  return L.layerGroup(zonesByDistance(zones).flatMap(drawNearest));
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
 * @param {number} rank 0 for the nearest zone
 * @returns {L.Path[]} the way, and a dot at each end
 */
function drawNearest({ nearest: { from, to }, index }, rank) {
  const late = `way-${index}${rank < WAYS_AT_FIRST ? "" : " way-late"}`;
  const ends = [from, to].map((end) => L.circleMarker(end, { ...look("nearest", `nearest-end ${late}`), radius: 2.4 }));
  return [L.polyline(greatCircle(from, to), look("nearest", `nearest ${late}`)), ...ends];
}

/** The zoom from which the ways beyond the nearest are shown. @param {Zone[]} zones */
export function zoomOfAllWays(zones) {
  return zones.length > CROWD ? Infinity : ZOOM_OF_ALL_WAYS;
}

/** Show the ways of all zones only where there is room for them. @param {L.Map} map @param {Zone[]} zones */
export function showLateWays(map, zones) {
  map.getContainer().classList.toggle("has-all-ways", map.getZoom() >= zoomOfAllWays(zones));
}
