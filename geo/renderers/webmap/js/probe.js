/**
 * What the page says of any one position: its distance to the front, its coordinates, and a place to find it by.
 *
 * @typedef {Object} Probe
 * @property {LatLng} position
 * @property {Nearby} nearby       the front's nearest point
 * @property {Interval | null} interval  between what its distance lies
 * @property {PlaceNearby | null} place
 * @property {boolean} isBeyond
 */

import { isWithin } from "./boxes.js";
import { nearestOn } from "./geodesy.js";
import { findInterval, formatInterval } from "./intervals.js";
import { formatMgrs } from "./mgrs.js";
import { COMPASS_WORDS, describePlace, formatPosition, nearestPlace, shorten, speakPosition } from "./words.js";

/** @import { FrontData, LatLng, MapData, Zone } from "./data.js" */
/** @import { Nearby } from "./geodesy.js" */
/** @import { Interval } from "./intervals.js" */
/** @import { PlaceNearby } from "./words.js" */

/** @param {MapData} data @param {LatLng} position @returns {Probe} */
export function probe(data, position) {
  const { pieces, strands } = data.front;
  return {
    position,
    nearby: nearestOn(pieces, position),
    interval: findInterval(strands, (its) => nearestOn(its, position).km),
    place: nearestPlace(position, data.places),
    isBeyond: isBeyond(data, position),
  };
}

/** Whether a position lies in the ground beyond the front. @param {MapData} data @param {LatLng} position */
export function isBeyond(data, position) {
  return data.beyond.some((polygon) => isWithin(polygon, position));
}

/** "beyond the line" of a position in the ground beyond it, nothing on the line itself. @param {Probe} found */
export function saySide(found) {
  return found.isBeyond && found.nearby.km >= 0.5 ? "beyond the line" : "";
}

/** "110 km (105–115) in a straight line from the line of contact". @param {Probe} found @param {FrontData} front */
export function sayDistance({ nearby, interval }, front) {
  if (nearby.km < 0.5) {
    return `On the ${front.kind}`;
  }
  return `${formatInterval(nearby.km, interval)} in a straight line from the ${front.kind}`;
}

/** "12 km NW of Dnipro · 48.550° N, 34.930° E · 36U XU 4245 7952". @param {Probe} found */
export function sayWhere({ position, place }) {
  return [describePlace(place), formatPosition(position), formatMgrs(position)].filter(Boolean).join(" · ");
}

/** The same for a screen reader, in words. @param {Probe} found @param {MapData} data */
export function speakProbe(found, data) {
  const zone = zoneAt(data.zones, found.position);
  const inside = zone < 0 ? "" : `in ${shorten(data.zones[zone].name, 60)}`;
  return [
    sayDistance(found, data.front),
    saySide(found),
    describePlace(found.place, COMPASS_WORDS),
    inside,
    speakPosition(found.position),
  ]
    .filter(Boolean)
    .join(", ");
}

/** The index of the zone a position lies in, -1 where there is none. @param {Zone[]} zones @param {LatLng} position */
export function zoneAt(zones, position) {
  return zones.findIndex((zone) => zone.shape.some((polygon) => isWithin(polygon, position)));
}
