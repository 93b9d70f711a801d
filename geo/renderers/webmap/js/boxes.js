/**
 * Boxes on the screen, and what already stands there.
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box  pixels from the map's top left corner
 * @typedef {[number, number]} Pair  [lat, lng] of a position, or [y, x] of a point on the screen
 * @typedef {{box: Box, rings: Pair[][], edge: L.Point[], at: L.Point, ring: number}} Area  a zone on the screen, with a point
 * inside, and the radius of the ring around it where it is tiny, else 0
 * @typedef {{x: number, y: number, cost: number, angle?: number, leadsTo?: L.Point}} Spot  centre of a label, its price, its
 * turn in degrees, and the point that a line leads to from a label that stands apart
 */

import { find, findAll } from "./elements.js";

/** @import { LatLng, Zone } from "./data.js" */

/** @param {Box} a @param {Box} b */
export function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** @param {Box} inner @param {Box} outer */
export function isInside(inner, outer) {
  return (
    inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom
  );
}

/** @param {Box} box @param {number} by @param {number} [up] above and below, if not the same @returns {Box} */
export function grow(box, by, up = by) {
  return { left: box.left - by, top: box.top - up, right: box.right + by, bottom: box.bottom + up };
}

/**
 * The upright box around a label that stands at a spot.
 *
 * @param {Spot} spot
 * @param {{width: number, height: number}} size
 * @returns {Box}
 */
export function boxAround({ x, y, angle = 0 }, { width, height }) {
  const turn = (angle * Math.PI) / 180;
  const w = (Math.abs(width * Math.cos(turn)) + Math.abs(height * Math.sin(turn))) / 2;
  const h = (Math.abs(width * Math.sin(turn)) + Math.abs(height * Math.cos(turn))) / 2;
  return { left: x - w, top: y - h, right: x + w, bottom: y + h };
}

/**
 * Boxes of everything that lies over the map: Leaflet's controls and the elements marked as obstacles.
 *
 * @param {L.Map} map
 * @returns {Box[]}
 */
export function obstacleBoxes(map) {
  const frame = map.getContainer().getBoundingClientRect();
  return findAll(".leaflet-control, [data-obstacle]", Element, find(".frame", HTMLElement))
    .map((element) => element.getBoundingClientRect())
    .filter((rect) => rect.width > 0 && rect.height > 0)
    .map((rect) => ({
      left: rect.left - frame.left,
      top: rect.top - frame.top,
      right: rect.right - frame.left,
      bottom: rect.bottom - frame.top,
    }))
    .map((box) => grow(box, 4));
}

/**
 * Points every few pixels along lines, as far as they are in view: what a label should rather not cover.
 *
 * @param {L.Map} map
 * @param {LatLng[][]} lines
 * @param {number} step pixels
 * @returns {L.Point[]}
 */
export function samplesInView(map, lines, step) {
  const size = map.getSize();
  const isNear = (/** @type {L.Point} */ p) => p.x > -40 && p.y > -40 && p.x < size.x + 40 && p.y < size.y + 40;
  return lines
    .flatMap((line) => {
      const points = line.map((position) => map.latLngToContainerPoint(position));
      return points.slice(1).flatMap((to, index) => pointsBetween(points[index], to, step));
    })
    .filter(isNear);
}

/** @param {L.Point} from @param {L.Point} to @param {number} step @returns {L.Point[]} */
function pointsBetween(from, to, step) {
  const count = Math.max(1, Math.round(from.distanceTo(to) / step));
  return Array.from({ length: count }, (_, index) => from.add(to.subtract(from).multiplyBy(index / count)));
}

/** @param {Box} box @param {L.Point[]} points */
export function countInside(box, points) {
  return points.filter((p) => p.x > box.left && p.x < box.right && p.y > box.top && p.y < box.bottom).length;
}

/** @param {L.Map} map @param {Zone} zone @param {number} ring @returns {Area} */
export function areaOnScreen(map, zone, ring) {
  const rings = zone.shape.flat(1).map((ring) => ring.map((position) => pairOnScreen(map, position)));
  const bounds = L.bounds(rings.flat(1).map(([y, x]) => L.point(x, y)));
  return {
    box: boxOf(bounds.getTopLeft(), bounds.getBottomRight()),
    rings,
    edge: samplesInView(map, zone.shape.flat(1), 6),
    at: map.latLngToContainerPoint(zone.at),
    ring,
  };
}

/**
 * A position on the screen as [y, x], as positions are [lat, lng].
 *
 * @param {L.Map} map
 * @param {LatLng} position
 * @returns {Pair}
 */
export function pairOnScreen(map, position) {
  const { x, y } = map.latLngToContainerPoint(position);
  return [y, x];
}

/** @param {L.Point} topLeft @param {L.Point} bottomRight @returns {Box} */
function boxOf(topLeft, bottomRight) {
  return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
}

/**
 * How far the nearest of some points lies from a box, in pixels; Infinity where there are none.
 *
 * @param {Box} box
 * @param {L.Point[]} points
 */
export function gapTo({ left, top, right, bottom }, points) {
  return points.reduce((least, { x, y }) => {
    const [aside, above] = [Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom)];
    return Math.min(least, Math.hypot(aside, above));
  }, Infinity);
}

/**
 * How much of a box, from 0 to 1, lies inside rings: judged by points in rows and columns, edges and corners among them.
 *
 * @param {Box} box
 * @param {Pair[][]} rings of [y, x]
 */
export function shareInside({ left, top, right, bottom }, rings) {
  const [columns, rows] = [9, 5];
  let inside = 0;
  for (let row = 0; row < rows; row += 1) {
    const meets = meetEdges(rings, top + ((bottom - top) * row) / (rows - 1), left);
    for (let column = 0; meets.length && column < columns; column += 1) {
      inside += countBeyond(meets, left + ((right - left) * column) / (columns - 1)) % 2;
    }
  }
  return inside / (columns * rows);
}

/** How far a ring reaches along the first axis, and at most along the second. @type {WeakMap<Pair[], number[]>} */
const LIMITS = new WeakMap();

/** @param {Pair[]} ring */
function limitsOf(ring) {
  let limits = LIMITS.get(ring);
  if (!limits) {
    limits = ring.reduce(
      ([low, high, most], [first, second]) => [Math.min(low, first), Math.max(high, first), Math.max(most, second)],
      [Infinity, -Infinity, -Infinity],
    );
    LIMITS.set(ring, limits);
  }
  return limits;
}

/**
 * Whether a point lies inside rings, by counting how often a ray along the second axis meets an edge.
 *
 * @param {Pair[][]} rings
 * @param {Pair} point
 */
export function isWithin(rings, [first, second]) {
  return countBeyond(meetEdges(rings, first, second), second) % 2 === 1;
}

/**
 * Where a line along the second axis meets the edges of rings; rings that end before a place on it are left out.
 *
 * @param {Pair[][]} rings
 * @param {number} first where the line runs
 * @param {number} least the place on it
 * @returns {number[]}
 */
function meetEdges(rings, first, least) {
  /** @type {number[]} */
  const meets = [];
  for (const ring of rings) {
    const [low, high, most] = limitsOf(ring);
    if (first < low || first > high || least > most) {
      continue; // no edge is met; most rings are far away
    }
    let from = ring[ring.length - 1];
    for (const to of ring) {
      if (to[0] > first !== from[0] > first) {
        meets.push(((from[1] - to[1]) * (first - to[0])) / (from[0] - to[0]) + to[1]);
      }
      from = to;
    }
  }
  return meets;
}

/** @param {number[]} meets @param {number} second */
function countBeyond(meets, second) {
  return meets.reduce((count, at) => count + (second < at ? 1 : 0), 0);
}
