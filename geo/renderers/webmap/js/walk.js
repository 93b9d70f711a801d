/** From zone to zone in the order of their distances, and what is said of each to who hears the map. */

import { bearingDeg, geodesicKm } from "./geodesy.js";
import { COMPASS_WORDS, shorten } from "./words.js";

/** @import { LatLng, Zone } from "./data.js" */

/** So many of the zones around one are told with it. */
const NEIGHBOURS = 2;

/** Keys that lead from zone to zone. */
export const WALK = ["PageDown", "PageUp", "Home", "End"];

/** The zones that have a distance, nearest first, whether their way is drawn or not. @param {Zone[]} zones */
function rankZones(zones) {
  const kmOf = (/** @type {Zone} */ { km, nearest }) => km ?? nearest?.km ?? Infinity;
  return zones.filter((zone) => kmOf(zone) < Infinity).sort((a, b) => kmOf(a) - kmOf(b));
}

/**
 * What a key of the keyboard leads to: the zone that is the next one farther or nearer, the nearest, the farthest.
 *
 * @param {Zone[]} zones
 * @param {{choose: (index: number) => void, current: () => number}} selection
 * @returns {(key: string) => LatLng | null} chooses the zone, and says where it lies; null where the key leads nowhere
 */
export function createWalk(zones, selection) {
  const order = rankZones(zones).map(({ index }) => index);
  const last = order.length - 1;
  return (key) => {
    const at = order.indexOf(selection.current());
    /** @type {Record<string, number>} */
    const leads = { PageDown: at + 1, PageUp: at < 0 ? last : at - 1, Home: 0, End: last };
    const index = order[Math.min(Math.max(leads[key], 0), last)];
    if (index === undefined) {
      return null;
    }
    selection.choose(index);
    return zones[index].at;
  };
}

/** Walk by the keys alone, on a map without a crosshair. @param {L.Map} map @param {(key: string) => LatLng | null} walk */
export function connectWalk(map, walk) {
  const container = map.getContainer();
  container.addEventListener("keydown", (event) => {
    const isPlain = event.target === container && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (isPlain && WALK.includes(event.key)) {
      event.preventDefault();
      walk(event.key);
    }
  });
}

/**
 * "Lviv oblast, 590 km from the line of contact, zone 2 of 7; Zakarpattia oblast lies south-west; Volyn oblast lies north".
 *
 * @param {{zones: Zone[], front: {kind?: string}}} data
 * @param {number} index
 */
export function speakZone({ zones, front }, index) {
  const zone = zones[index];
  const order = rankZones(zones);
  const rank = order.findIndex((other) => other.index === index);
  const isRanked = rank >= 0 && order.length === zones.length && order.length > 1;
  const own = [
    nameZone(zone),
    zone.figures ? `${zone.figures[0]} from the ${front.kind ?? "front"}` : "",
    isRanked ? `zone ${rank + 1} of ${order.length}` : "",
  ];
  return [own.filter(Boolean).join(", "), ...speakNeighbours(zones, zone)].join("; ");
}

/** @param {Zone[]} zones @param {Zone} zone */
function speakNeighbours(zones, zone) {
  return zones
    .filter(({ index, layer }) => index !== zone.index && layer === zone.layer)
    .map((other) => ({ other, km: geodesicKm(zone.at, other.at) }))
    .sort((a, b) => a.km - b.km)
    .slice(0, NEIGHBOURS)
    .map(({ other }) => {
      const towards = Math.round(bearingDeg(zone.at, other.at) / 45) % 8;
      return `${nameZone(other)} lies ${COMPASS_WORDS[towards]}`;
    });
}

/** @param {Zone} zone */
function nameZone({ code, name }) {
  return shorten(code ? `${code} ${name}` : name, 60);
}
