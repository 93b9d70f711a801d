/** The names along the front: its own, its sectors', who holds which side, and Crimea's. */

import { isWithin, samplesInView } from "./boxes.js";
import { flatten } from "./layers.js";
import { spotsAlong, spotsAround, spotsBesideFront, spotsNearDot } from "./spots.js";
import { shorten, wrap } from "./words.js";

/** @import { LatLng, MapData } from "./data.js" */
/** @import { FindSpots, Label } from "./names.js" */

/** What it costs the front's name to stand beyond the front or outside of Ukraine. */
const FAR_SIDE = 14;

/** @param {MapData} data @returns {Label} on the near side of the front, in Ukraine, if it can */
export function labelFront({ front, beyond, countries }) {
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
export function labelSector({ text, at }) {
  /** @type {FindSpots} */
  const spots = (map, size) => spotsNearDot(map.latLngToContainerPoint(at), size, [10, 22, 36]);
  const look = { layer: "front", className: "sector-name", isOffZones: true, frontCost: 6 };
  return { ...look, lines: wrap(shorten(text, 60), 22), priority: 3.5, minZoom: 0, maxCost: 14, spots };
}

/**
 * Who holds which side, along the front where it runs straight for long enough; clear of it, of zones and of names.
 *
 * @param {MapData} data
 * @returns {Label[]}
 */
export function labelSides({ sides, front }) {
  return sides.map(({ text, side, isFar }) => {
    /** @type {FindSpots} */
    const spots = (map, size) =>
      front.lines.flatMap((line) => spotsBesideFront(samplesInView(map, [line], 5), size, side));
    const look = { layer: "front", className: isFar ? "side-name side-far" : "side-name", isClear: true };
    return { ...look, lines: [text], priority: 6.6, minZoom: 0, maxCost: 26, spots };
  });
}

/** @param {{lines: string[], at: LatLng}} crimea @returns {Label} */
export function labelCrimea({ lines, at }) {
  /** @type {FindSpots} */
  const spots = (map, size) => spotsAround(map.latLngToContainerPoint(at), size, 2);
  return { layer: "land", className: "crimea", lines, priority: 3.4, minZoom: 5, maxCost: 10, spots };
}
