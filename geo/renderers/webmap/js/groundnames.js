/** The names of the ground: places, countries, seas, lakes and rivers. */

import { isWithin, samplesInView } from "./boxes.js";
import { flatten } from "./layers.js";
import { spotsAlongRiver, spotsAround, spotsBesideDot, spotsForArea, spotsNearDot, spotsWithin } from "./spots.js";
import { wrap } from "./words.js";

/** @import { Spot } from "./boxes.js" */
/** @import { Country, LatLng, MapData, Place, Zone } from "./data.js" */
/** @import { FindSpots, Label } from "./names.js" */
/** @import { Size } from "./spots.js" */

/** The zoom from which places of a rank are named; the first entry is for rank 1. */
const PLACE_ZOOMS = [4, 5.25, 6, 7, 7.75];

/** @param {Place} place @param {Zone[]} zones @returns {Label} */
export function labelPlace(place, zones) {
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
export function labelCountry(country, mapped) {
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
export function labelSea(sea, { mapped, countries }) {
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
export function labelLake({ name, at, shape }, zones) {
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
export function labelRivers(rivers) {
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
