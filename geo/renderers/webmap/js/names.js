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
 * @property {(map: L.Map, box: Box) => number} [costAt]  what it costs to stand in a box, whatever is drawn there
 * @property {number} [frontCost]  what each point of the front costs that it covers, if not as usual
 * @property {boolean} [isClear]  never over the front or a zone, judged by the turned text itself
 * @property {boolean} [isOffZones]  never over a zone, and rather over no way
 * @property {boolean} [isPill]   stands on a plate
 * @property {boolean} [hasFigure]  the last line is a figure
 * @property {boolean} [isNumber]   the number of a zone, whose name is in the table
 * @property {boolean} [isCode]   the code of a zone, which stands on every map
 */

import { labelCrimea, labelFront, labelSector, labelSides } from "./frontnames.js";
import { labelCountry, labelLake, labelPlace, labelRivers, labelSea } from "./groundnames.js";
import { listLands } from "./homeland.js";
import { labelIsolines } from "./isolines.js";
import { CROWD, nearestZones, zonesByDistance } from "./nearest.js";
import { labelDistance, labelZone } from "./zonenames.js";

/** @import { Box, Spot } from "./boxes.js" */
/** @import { LatLng, MapData } from "./data.js" */
/** @import { Size } from "./spots.js" */

/** @param {MapData} data @returns {Label[]} */
export function collectLabels(data) {
  const first = nearestZones(data.zones);
  const lands = listLands(data.countries);
  return [
    ...zonesByDistance(data.zones).map((zone, rank) => labelDistance(zone, first.has(zone.index) ? 0 : Infinity, rank)),
    labelFront(data),
    ...data.sectors.map(labelSector),
    ...labelSides(data),
    ...(data.crimea ? [labelCrimea(data.crimea)] : []),
    ...data.zones.flatMap((zone) => labelZone(zone, lands, first.has(zone.index), data.zones.length > CROWD)),
    ...data.isolines.flatMap(labelIsolines),
    ...data.places.map((place) => labelPlace(place, data.zones)),
    ...data.countries.flatMap((country) => labelCountry(country, data.mapped)),
    ...data.seas.map((sea) => labelSea(sea, data)),
    ...data.lakes.flatMap((lake) => labelLake(lake, data.zones)),
    ...labelRivers(data.rivers),
  ].sort((a, b) => a.priority - b.priority);
}
