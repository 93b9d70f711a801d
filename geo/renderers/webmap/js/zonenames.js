/** The names, numbers and distances of zones. */

import { samplesInView } from "./boxes.js";
import { greatCircle } from "./greatcircle.js";
import { findForeignLand, MOST_ABROAD, priceAbroad } from "./homeland.js";
import { spotsApart, spotsBesideDot, spotsForArea, spotsOnLine } from "./spots.js";
import { shorten, wrap } from "./words.js";
import { isTiny, RING_RADIUS } from "./zones.js";

/** @import { Zone } from "./data.js" */
/** @import { Land } from "./homeland.js" */
/** @import { FindSpots, Label } from "./names.js" */
/** @import { MeasuredZone } from "./nearest.js" */

/** @param {MeasuredZone} zone @param {number} minZoom @param {number} rank 0 for the nearest zone @returns {Label} */
export function labelDistance({ nearest, figures, layer, index }, minZoom, rank) {
  /** @type {FindSpots} */
  const spots = (map, size) => {
    const way = greatCircle(nearest.from, nearest.to).map((position) => map.latLngToContainerPoint(position));
    return spotsOnLine(way, size);
  };
  const [lines, priority] = [[figures[0]], 1 + rank / 1e4];
  const look = { layer: layer || "nearest", className: "distance", isPill: true };
  return { ...look, lines, priority, minZoom, maxCost: 60, spots, way: index };
}

/**
 * A zone's name with its distance stands in its own country. Where there is no room in the zone or beside it, the name
 * stands apart, at the end of a line that leads to the zone; where there is none for that either, the zone has its number
 * in the table. Where several scenarios share a map, zones have codes instead of names. The nearest zone, which the headline names, comes first, and only it may have its name abroad. Of several
 * labels of a zone one is drawn.
 *
 * @param {Zone} zone
 * @param {Land[]} lands
 * @param {boolean} isNearest  to the front, of all zones
 * @param {boolean} isCrowd
 * @returns {Label[]}
 */
export function labelZone(zone, lands, isNearest, isCrowd) {
  const at = (/** @type {L.Map} */ map) => map.latLngToContainerPoint(zone.at);
  const foreign = findForeignLand(zone, lands);
  /** @type {FindSpots} */
  const near = (map, size) =>
    isTiny(map, zone)
      ? spotsBesideDot(at(map), size, RING_RADIUS + 5)
      : spotsForArea(at(map), samplesInView(map, zone.shape.flat(1), 8), size);
  /** @type {FindSpots} */
  const apart = (map, size) => spotsApart(at(map), size);
  const priority = 3 + (zone.nearest ? zone.nearest.km : 0) / 1e5 + zone.index / 1e9;
  const layer = zone.layer || "zones"; // scenarios side by side have a layer each
  const look = { layer, className: "zone-name", minZoom: 0, zone: zone.index };
  const beside = { costAt: priceAbroad(foreign, isNearest ? 1 : MOST_ABROAD), maxCost: 15, spots: near };
  const led = { costAt: priceAbroad(foreign, MOST_ABROAD), maxCost: 40, spots: apart };
  if (zone.code) {
    const code = { ...look, lines: [zone.code], isCode: true };
    return [
      { ...code, ...beside, priority },
      { ...code, ...led, priority: priority + 0.2 },
      { ...code, priority: priority + 0.4, maxCost: 1e4, spots: apart },
    ];
  }
  const name = shorten(zone.name, 44);
  const lines = [...wrap(name, 16), ...(zone.figures ? [zone.figures[0]] : [])];
  const hasFigure = lines.length > 1 && zone.figures !== undefined;
  const number = { ...look, lines: [String(zone.index + 1)], isNumber: true };
  if (isCrowd) {
    return [
      { ...look, ...beside, lines, hasFigure, priority },
      { ...number, priority: priority + 0.3, maxCost: 15, spots: near },
    ];
  }
  return [
    { ...look, ...beside, lines, hasFigure, priority },
    { ...look, ...led, lines, hasFigure, priority: priority + (isNearest ? 0 : 0.2) },
    { ...number, priority: priority + 0.3, maxCost: 15, spots: near },
    { ...number, priority: priority + 0.4, maxCost: 1e4, spots: apart },
  ];
}
