/** The moving front: each state is the one before with a few places changed. */

/**
 * Put one state's changes into a line.
 *
 * @param {(number[] | null)[]} points x, y in packed units; null between two pieces
 * @param {Array[]} splices where, how many out, then differences of x and y, null for a break
 */
function applySplices(points, splices) {
  splices.forEach(([start, out, ...packed]) => {
    const fresh = [];
    let [x, y] = [0, 0];
    for (let i = 0; i < packed.length; i += 1) {
      if (packed[i] === null) {
        fresh.push(null);
      } else {
        x += packed[i];
        y += packed[(i += 1)];
        fresh.push([x, y]);
      }
    }
    points.splice(start, out, ...fresh);
  });
}

/**
 * A function that gives the line of any state; going on from the last one asked for where it can.
 *
 * @param {Array[][]} states
 * @param {number} scale units in a degree
 * @returns {(state: number) => LatLng[][]}
 */
export function createLines(states, scale) {
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

/** @returns {LatLng[][]} */
function toPieces(points, scale) {
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
  return values.map((value) => (sum += value) / unit);
}
