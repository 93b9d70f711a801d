/**
 * The moving front: each state is the one before with a few places changed.
 *
 * @typedef {[number, number] | null} PackedPoint  x, y in packed units; null between two pieces
 * @typedef {[number, number, ...(number | null)[]]} Splice  where, how many out, then differences of x and y, null for a break
 */

/** @import { LatLng } from "./data.js" */

/**
 * Put one state's changes into a line.
 *
 * @param {PackedPoint[]} points
 * @param {Splice[]} splices
 */
function applySplices(points, splices) {
  splices.forEach(([start, out, ...packed]) => {
    /** @type {PackedPoint[]} */
    const fresh = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < packed.length; i += 1) {
      const step = packed[i];
      if (step === null) {
        fresh.push(null);
      } else {
        i += 1;
        x += step;
        y += packed[i] ?? 0;
        fresh.push([x, y]);
      }
    }
    points.splice(start, out, ...fresh);
  });
}

/**
 * A function that gives the line of any state; going on from the last one asked for where it can.
 *
 * @param {Splice[][]} states
 * @param {number} scale units in a degree
 * @returns {(state: number) => LatLng[][]}
 */
export function createLines(states, scale) {
  /** @type {PackedPoint[]} */
  let points = [];
  let reached = -1;
  return (state) => {
    if (state < reached) {
      [points, reached] = [[], -1];
    }
    for (; reached < state; reached += 1) {
      applySplices(points, states[reached + 1]);
    }
    return toPieces(points, scale);
  };
}

/** @param {PackedPoint[]} points @param {number} scale @returns {LatLng[][]} */
function toPieces(points, scale) {
  /** @type {LatLng[][]} */
  const pieces = [[]];
  points.forEach((point) => {
    if (point === null) {
      pieces.push([]);
    } else {
      pieces[pieces.length - 1].push([point[1] / scale, point[0] / scale]);
    }
  });
  return pieces;
}

/** Running sums of differences. @param {number[]} values @param {number} unit */
export function sumUp(values, unit) {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum / unit;
  });
}
