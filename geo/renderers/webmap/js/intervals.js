/**
 * Between what a distance lies: the true line may lie off by the precision of a sector, and a disputed sector may be part of it.
 *
 * @typedef {{low: number, high: number}} Interval  in kilometres
 * @typedef {{km: number, isDisputed: boolean, pieces: Piece[]}} Strand  the sectors of one precision and status
 */

import { formatKm, group, TO } from "./words.js";

/** @import { Piece } from "./geodesy.js" */

/**
 * The interval of a distance; null where the front states no precision.
 *
 * @param {Strand[]} strands
 * @param {(pieces: Piece[]) => number} measure the distance to a line in kilometres
 * @returns {Interval | null}
 */
export function findInterval(strands, measure) {
  if (strands.length === 0) {
    return null;
  }
  let [low, high] = [Infinity, Infinity];
  for (const { km, isDisputed, pieces } of strands) {
    const distance = measure(pieces);
    low = Math.min(low, distance - km);
    high = isDisputed ? high : Math.min(high, distance + km);
  }
  return { low: Math.max(0, low), high };
}

/**
 * A distance with its interval: "325 km (270–330)".
 *
 * @param {number} km
 * @param {Interval | null} interval
 */
export function formatInterval(km, interval) {
  const range = formatRange(km, interval);
  return range ? `${formatKm(km)} (${range})` : formatKm(km);
}

/**
 * Between what a distance lies: "270–330"; rounded outwards; nothing where that is not known.
 *
 * @param {number} km
 * @param {Interval | null} interval
 */
export function formatRange(km, interval) {
  if (!interval || (interval.low === km && interval.high === km)) {
    return "";
  }
  const [low, high] = [outwards(interval.low, Math.floor), outwards(interval.high, Math.ceil)];
  return `${low}${TO}${high}`;
}

/**
 * A distance rounded down or up to the step that people read it in.
 *
 * @param {number} km
 * @param {(value: number) => number} round
 */
function outwards(km, round) {
  const step = km < 50 ? 1 : 5;
  return group(step * round(km / step + (round === Math.floor ? 1e-9 : -1e-9)));
}
