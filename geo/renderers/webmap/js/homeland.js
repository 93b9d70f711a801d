/** How much of a zone's name stands on land of other countries, where it would read as lying there. */

import { isWithin } from "./boxes.js";
import { flatten } from "./layers.js";

/** @import { Box } from "./boxes.js" */
/** @import { Country, LatLng, Zone } from "./data.js" */

/**
 * @typedef {{iso: string, rings: LatLng[][]}} Land
 */

/** So much of a name, from 0 to 1, may stand abroad; of the nearest zone, which the headline names, all of it. */
export const MOST_ABROAD = 0.5;

/** What it costs a name to stand abroad, were it allowed to as a whole. */
const ABROAD_COST = 9;

/** Where a box is looked at, across and down. */
const ACROSS = [0.05, 0.35, 0.65, 0.95];
const DOWN = [0.15, 0.5, 0.85];

/** @param {Country[]} countries @returns {Land[]} */
export function listLands(countries) {
  return countries.map(({ iso, shape }) => ({ iso, rings: flatten(shape) }));
}

/**
 * The countries that are not the zone's: neither the one it names nor the one its middle lies in. A zone at sea that names
 * no country has no foreign land.
 *
 * @param {Zone} zone
 * @param {Land[]} lands
 * @returns {Land[]}
 */
export function findForeignLand(zone, lands) {
  const isHome = lands.map(({ iso, rings }) => iso === zone.country || isWithin(rings, zone.at));
  return isHome.includes(true) ? lands.filter((_, index) => !isHome[index]) : [];
}

/**
 * What it costs a name to stand in a box: Infinity where more of it than a share stands abroad.
 *
 * @param {Land[]} lands
 * @param {number} most
 * @returns {(map: L.Map, box: Box) => number}
 */
export function priceAbroad(lands, most) {
  return (map, { left, top, right, bottom }) => {
    const points = ACROSS.flatMap((part) =>
      DOWN.map((down) => map.containerPointToLatLng([left + part * (right - left), top + down * (bottom - top)])),
    );
    const abroad = points.filter(({ lat, lng }) => lands.some(({ rings }) => isWithin(rings, [lat, lng])));
    const share = abroad.length / points.length;
    return share > most ? Infinity : ABROAD_COST * share;
  };
}
