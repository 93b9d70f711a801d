/**
 * Everything that has a name on the map, as labels for the engine.
 *
 * @typedef {(map: L.Map, size: Size) => Spot[]} FindSpots
 *
 * @typedef {Object} Label
 * @property {string} layer     the label is drawn while this layer is on the map
 * @property {string} className
 * @property {string[]} lines
 * @property {number} priority  small is placed first
 * @property {number} minZoom
 * @property {number} maxCost   rather no label than one at this price
 * @property {FindSpots} spots
 * @property {LatLng} [dot]
 * @property {number} [zone]     the index of the zone it names
 * @property {number} [way]      the index of the zone whose way to the front it measures
 * @property {boolean} [isClear]  never over the front or a zone, judged by the turned text itself
 * @property {boolean} [isOffZones]  never over a zone, and rather over no way
 * @property {boolean} [isPill]   stands on a plate
 * @property {boolean} [hasFigure]  the last line is a figure
 * @property {boolean} [isNumber]   the number of a zone, whose name is in the table
 */

import { isWithin, samplesInView } from "./boxes.js";
import { greatCircle } from "./greatcircle.js";
import { labelIsolines } from "./isolines.js";
import { flatten } from "./layers.js";
import { CROWD, nearestZones, zonesByDistance } from "./nearest.js";
import {
  spotsAlong,
  spotsAlongRiver,
  spotsApart,
  spotsAround,
  spotsBesideDot,
  spotsBesideFront,
  spotsForArea,
  spotsNearDot,
  spotsOnLine,
  spotsWithin,
} from "./spots.js";
import { shorten } from "./words.js";
import { isTiny, RING_RADIUS } from "./zones.js";

/** @import { Spot } from "./boxes.js" */
/** @import { Country, LatLng, MapData, Place, Zone } from "./data.js" */
/** @import { MeasuredZone } from "./nearest.js" */
/** @import { Size } from "./spots.js" */

/** The zoom from which places of a rank are named; the first entry is for rank 1. */
const PLACE_ZOOMS = [4, 5.25, 6, 7, 7.75];

/** What it costs the front's name to stand beyond the front or outside of Ukraine. */
const FAR_SIDE = 14;

/** @param {MapData} data @returns {Label[]} */
export function collectLabels(data) {
  const first = nearestZones(data.zones);
  return [
    ...zonesByDistance(data.zones).map((zone, rank) => labelDistance(zone, first.has(zone.index) ? 0 : Infinity, rank)),
    labelFront(data),
    ...data.sectors.map(labelSector),
    ...labelSides(data),
    ...(data.crimea ? [labelCrimea(data.crimea)] : []),
    ...data.zones.flatMap((zone) => labelZone(zone, homeOf(zone, data.countries), data.zones.length > CROWD)),
    ...data.isolines.flatMap(labelIsolines),
    ...data.places.map((place) => labelPlace(place, data.zones)),
    ...data.countries.flatMap((country) => labelCountry(country, data.mapped)),
    ...data.seas.map((sea) => labelSea(sea, data)),
    ...data.lakes.flatMap((lake) => labelLake(lake, data.zones)),
    ...labelRivers(data.rivers),
  ].sort((a, b) => a.priority - b.priority);
}

/** @param {MeasuredZone} zone @param {number} minZoom @param {number} rank 0 for the nearest zone @returns {Label} */
function labelDistance({ nearest, figures, layer, index }, minZoom, rank) {
  /** @type {FindSpots} */
  const spots = (map, size) => {
    const way = greatCircle(nearest.from, nearest.to).map((position) => map.latLngToContainerPoint(position));
    return spotsOnLine(way, size);
  };
  const [lines, priority] = [[figures[0]], 1 + rank / 1e4];
  const look = { layer: layer || "nearest", className: "distance", isPill: true };
  return { ...look, lines, priority, minZoom, maxCost: 60, spots, way: index };
}

/** @param {MapData} data @returns {Label} on the near side of the front, in Ukraine, if it can */
function labelFront({ front, beyond, countries }) {
  const ukraine = countries.filter(({ iso }) => iso === "UA").flatMap(({ shape }) => flatten(shape));
  /** @type {FindSpots} */
  const spots = (map, size) =>
    spotsAlong(samplesInView(map, front.lines, 6), size, 4).map((spot) => {
      const { lat, lng } = map.containerPointToLatLng([spot.x, spot.y]);
      const isNear = isWithin(ukraine, [lat, lng]) && !isWithin(beyond.flat(), [lat, lng]);
      return isNear ? spot : { ...spot, cost: spot.cost + FAR_SIDE };
    });
  const look = { layer: "front", className: "front-name", isOffZones: true };
  return { ...look, lines: front.label, priority: 2, minZoom: 0, maxCost: 30, spots };
}

/** @param {{text: string, at: LatLng}} sector @returns {Label} beside the line, at the point that decides */
function labelSector({ text, at }) {
  /** @type {FindSpots} */
  const spots = (map, size) => spotsNearDot(map.latLngToContainerPoint(at), size, [10, 22, 36]);
  const look = { layer: "front", className: "sector-name", isOffZones: true };
  return { ...look, lines: wrap(shorten(text, 60), 22), priority: 3.5, minZoom: 0, maxCost: 14, spots };
}

/**
 * Who holds which side, along the front where it runs straight for long enough; clear of it, of zones and of names.
 *
 * @param {MapData} data
 * @returns {Label[]}
 */
function labelSides({ sides, front }) {
  return sides.map(({ text, side, isFar }) => {
    /** @type {FindSpots} */
    const spots = (map, size) =>
      front.lines.flatMap((line) => spotsBesideFront(samplesInView(map, [line], 5), size, side));
    const look = { layer: "front", className: isFar ? "side-name side-far" : "side-name", isClear: true };
    return { ...look, lines: [text], priority: 6.6, minZoom: 0, maxCost: 26, spots };
  });
}

/** @param {{lines: string[], at: LatLng}} crimea @returns {Label} */
function labelCrimea({ lines, at }) {
  /** @type {FindSpots} */
  const spots = (map, size) => spotsAround(map.latLngToContainerPoint(at), size, 2);
  return { layer: "land", className: "crimea", lines, priority: 3.4, minZoom: 5, maxCost: 10, spots };
}

/**
 * The rings of the country a zone lies in; none where it names no country that is on the map.
 *
 * @param {Zone} zone
 * @param {Country[]} countries
 */
function homeOf(zone, countries) {
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
function labelZone(zone, home, isCrowd) {
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

/** @param {Place} place @param {Zone[]} zones @returns {Label} */
function labelPlace(place, zones) {
  const rank = Math.min(place.rank, PLACE_ZOOMS.length);
  /** @type {FindSpots} */
  const spots = (map, size) => spotsBesideDot(map.latLngToContainerPoint(place.at), size, 6);
  const className = `place place-${rank}${place.capital ? " place-capital" : ""}`;
  const look = { layer: "places", className, lines: [place.name], spots, dot: place.at };
  if (place.named) {
    const isClear = zones.every(({ shape }) => !shape.some((polygon) => isWithin(polygon, place.at)));
    /** @type {FindSpots} */
    const near = (map, size) => spotsNearDot(map.latLngToContainerPoint(place.at), size, [6, 14, 26, 40]);
    return { ...look, spots: near, priority: 0.5, minZoom: 0, maxCost: 1e4, isClear }; // the key sentence leads to it, so it always stands there
  }
  const priority = (place.capital ? 2.5 : 4) + rank;
  return { ...look, priority, minZoom: PLACE_ZOOMS[rank - 1], maxCost: 7 };
}

/**
 * The spots whose name ends where the reference layers end.
 *
 * @param {L.Map} map
 * @param {L.LatLngBounds} mapped
 * @param {Spot[]} spots
 * @param {Size} size
 */
function keepMapped(map, mapped, spots, { width, height }) {
  const start = map.latLngToContainerPoint(mapped.getNorthWest());
  const end = map.latLngToContainerPoint(mapped.getSouthEast());
  return spots.filter(({ x, y }) => {
    const [left, top] = [x - width / 2, y - height / 2];
    return left >= start.x && top >= start.y && left + width <= end.x && top + height <= end.y;
  });
}

/** @param {Country} country @param {L.LatLngBounds} mapped @returns {Label[]} none without a place for its name */
function labelCountry(country, mapped) {
  const { at } = country;
  if (!at) {
    return [];
  }
  /** @type {FindSpots} */
  const spots = (map, size) => {
    const around = spotsAround(map.latLngToContainerPoint(at), size, 1);
    return keepMapped(map, mapped, [...around, ...spotsWithin(map, at, flatten(country.shape), size)], size);
  };
  const lines = wrap(country.name.toLocaleUpperCase("en"), 14);
  const className = country.iso === "UA" ? "country country-ukraine" : "country";
  const priority = country.iso === "UA" ? 4.5 : 5.5;
  return [{ layer: "land", className, lines, priority, minZoom: 0, maxCost: 14, isOffZones: true, spots }];
}

/** @param {MapData["seas"][number]} sea @param {MapData} data @returns {Label} its middle on water, rather all of it */
function labelSea(sea, { mapped, countries }) {
  const land = countries.flatMap(({ shape }) => flatten(shape));
  /** @type {FindSpots} */
  const spots = (map, size) => {
    const isLand = (/** @type {Spot} */ { x, y }, /** @type {number} */ aside) => {
      const { lat, lng } = map.containerPointToLatLng([x + aside, y]);
      return isWithin(land, [lat, lng]);
    };
    return keepMapped(map, mapped, spotsAround(map.latLngToContainerPoint(sea.at), size, 3), size)
      .filter((spot) => !isLand(spot, 0))
      .map((spot) => {
        const sides = [-0.4, 0.4].filter((part) => isLand(spot, part * size.width));
        return { ...spot, cost: spot.cost + 1.5 * sides.length };
      });
  };
  return { layer: "land", className: "sea", lines: wrap(sea.name, 9), priority: 5.2, minZoom: 0, maxCost: 10, spots };
}

/**
 * A lake's name stands on its water, or beside it where no zone lies.
 *
 * @param {MapData["lakes"][number]} lake
 * @param {Zone[]} zones
 * @returns {Label[]} none without a name
 */
function labelLake({ name, at, shape }, zones) {
  if (!name) {
    return [];
  }
  const rings = flatten(shape);
  /** @type {FindSpots} */
  const spots = (map, size) => {
    const shore = samplesInView(map, rings, 8);
    const [across, up] = [size.width / 2 + 10, size.height / 2 + 8];
    return spotsForArea(map.latLngToContainerPoint(at), shore, size).filter(
      ({ x, y }) =>
        shore.some((p) => Math.abs(p.x - x) < across && Math.abs(p.y - y) < up) &&
        [-1, 0, 1].every((side) => {
          const { lat, lng } = map.containerPointToLatLng([x + (side * size.width) / 2, y]);
          return !zones.some((zone) => zone.bounds.contains([lat, lng]) && isWithin(zone.shape.flat(1), [lat, lng]));
        }),
    );
  };
  const bounds = L.latLngBounds(rings.flat());
  // A name asks for water about as long as itself: some 100 pixels.
  const minZoom = Math.log2(100 / (256 * ((bounds.getEast() - bounds.getWest()) / 360)));
  return [{ layer: "land", className: "lake-name", lines: wrap(name, 18), priority: 9.5, minZoom, maxCost: 8, spots }];
}

/**
 * One label for each named river of some length, however many pieces it is drawn in.
 *
 * @param {MapData["rivers"]} rivers
 * @returns {Label[]}
 */
function labelRivers(rivers) {
  /** @type {Map<string, {rank: number, lines: LatLng[][]}>} */
  const byName = new Map();
  for (const { name, rank, shape } of rivers) {
    if (name) {
      const known = byName.get(name) ?? { rank, lines: [] };
      known.lines.push(...flatten([shape]));
      byName.set(name, known);
    }
  }
  return Array.from(byName, ([name, { rank, lines }]) => ({
    layer: "rivers",
    className: "river-name",
    lines: [name],
    priority: 10 + rank,
    minZoom: [0, 6.25, 7.25][Math.min(rank, 3) - 1],
    maxCost: 12,
    spots: (map, size) => lines.flatMap((line) => spotsAlongRiver(samplesInView(map, [line], 6), size, 6)),
  }));
}

/**
 * Break a name at spaces into lines of about so many characters.
 *
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
function wrap(text, width) {
  const [first, ...words] = text.split(" ");
  const lines = [first];
  for (const word of words) {
    const last = lines.length - 1;
    if (lines[last].length + word.length < width) {
      lines[last] += ` ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
