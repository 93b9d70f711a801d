/** The names, numbers and distances of zones. */

import { isWithin, samplesInView } from "./boxes.js";
import { greatCircle } from "./greatcircle.js";
import { flatten } from "./layers.js";
import { spotsApart, spotsBesideDot, spotsForArea, spotsOnLine } from "./spots.js";
import { shorten, wrap } from "./words.js";
import { isTiny, RING_RADIUS } from "./zones.js";

/** @import { Spot } from "./boxes.js" */
/** @import { Country, LatLng, Zone } from "./data.js" */
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
 * The rings of the country a zone lies in; none where it names no country that is on the map.
 *
 * @param {Zone} zone
 * @param {Country[]} countries
 */
export function homeOf(zone, countries) {
  return countries.filter(({ iso }) => iso === zone.country).flatMap(({ shape }) => flatten(shape));
}

/**
 * A zone's name with its distance stands in its own country if it can; the nearest zone, which the headline names, comes
 * first. Where there is no room in the zone or beside it, the name stands apart, at the end of a line that leads to the zone;
 * where there is none for that either, the zone has its number in the table. Of several labels of a zone one is drawn.
 *
 * @param {Zone} zone
 * @param {LatLng[][]} home
 * @param {boolean} isCrowd
 * @returns {Label[]}
 */
export function labelZone(zone, home, isCrowd) {
  const at = (/** @type {L.Map} */ map) => map.latLngToContainerPoint(zone.at);
  const atHome = (/** @type {L.Map} */ map, /** @type {Spot[]} */ spots) =>
    spots.map((spot) => {
      const { lat, lng } = map.containerPointToLatLng([spot.x, spot.y]);
      return home.length && !isWithin(home, [lat, lng]) ? { ...spot, cost: spot.cost + 4 } : spot;
    });
  /** @type {FindSpots} */
  const near = (map, size) =>
    isTiny(map, zone)
      ? spotsBesideDot(at(map), size, RING_RADIUS + 5)
      : atHome(map, spotsForArea(at(map), samplesInView(map, zone.shape.flat(1), 8), size));
  /** @type {FindSpots} */
  const apart = (map, size) => atHome(map, spotsApart(at(map), size));
  const priority = 3 + (zone.nearest ? zone.nearest.km : 0) / 1e5 + zone.index / 1e9;
  const layer = zone.layer || "zones"; // scenarios side by side have a layer each
  const look = { layer, className: "zone-name", minZoom: 0, zone: zone.index };
  if (zone.code) {
    return [{ ...look, lines: [zone.code], priority, maxCost: 15, spots: near }];
  }
  const name = shorten(zone.name, 44);
  const lines = [...wrap(name, 16), ...(zone.figures ? [zone.figures[0]] : [])];
  const hasFigure = lines.length > 1 && zone.figures !== undefined;
  const number = { ...look, lines: [String(zone.index + 1)], isNumber: true };
  if (isCrowd) {
    return [
      { ...look, lines, hasFigure, priority, maxCost: 15, spots: near },
      { ...number, priority: priority + 0.3, maxCost: 15, spots: near },
    ];
  }
  return [
    { ...look, lines, hasFigure, priority, maxCost: 15, spots: near },
    { ...look, lines, hasFigure, priority: priority + 0.2, maxCost: 40, spots: apart },
    { ...number, priority: priority + 0.3, maxCost: 15, spots: near },
    { ...number, priority: priority + 0.4, maxCost: 1e4, spots: apart },
  ];
}
