/**
 * Where a label could stand: each function returns spots, cheapest first or not; the engine takes the cheapest that is free.
 *
 * @typedef {{width: number, height: number}} Size
 */

import { isWithin } from "./boxes.js";

/** @import { Spot } from "./boxes.js" */
/** @import { LatLng } from "./data.js" */

/** The eight directions around a point, best first, as cartographers rank them; y grows downwards. */
const DIRECTIONS = [
  [1, 0],
  [1, -1],
  [1, 1],
  [-1, 0],
  [-1, -1],
  [-1, 1],
  [0, -1],
  [0, 1],
];

/** Spots beside a dot. @param {L.Point} point @param {Size} size @param {number} gap @returns {Spot[]} */
export function spotsBesideDot(point, size, gap) {
  return DIRECTIONS.map(([dx, dy], rank) => ({
    x: point.x + dx * (size.width / 2 + (dy ? gap * 0.6 : gap)),
    y: point.y + dy * (size.height / 2 + (dx ? -1 : gap)),
    cost: rank * 0.5,
  }));
}

/** Spots beside a dot at several gaps, the nearest first. @param {L.Point} point @param {Size} size @param {number[]} gaps */
export function spotsNearDot(point, size, gaps) {
  return gaps.flatMap((gap) =>
    spotsBesideDot(point, size, gap).map((spot) => ({ ...spot, cost: spot.cost + gap / 12 })),
  );
}

/**
 * Spots on a point and in widening rings around it.
 *
 * @param {L.Point} point
 * @param {Size} size
 * @param {number} rings
 * @returns {Spot[]}
 */
export function spotsAround(point, size, rings) {
  const spots = [{ x: point.x, y: point.y, cost: 0 }];
  for (let ring = 1; ring <= rings; ring += 1) {
    DIRECTIONS.forEach(([dx, dy]) => {
      const [x, y] = [dx * size.width * 0.28 * ring, dy * size.height * 0.75 * ring];
      spots.push({ x: point.x + x, y: point.y + y, cost: Math.hypot(x, y) / 12 });
    });
  }
  return spots;
}

/**
 * Spots for the name of an area: inside it, else just outside of its outline, always touching it.
 *
 * @param {L.Point} centre a point inside
 * @param {L.Point[]} outline every few pixels along the outline
 * @param {Size} size
 * @returns {Spot[]}
 */
export function spotsForArea(centre, outline, size) {
  const inside = spotsAround(centre, size, 3).map((spot) => ({ ...spot, cost: spot.cost / 3 }));
  const every = Math.max(1, Math.round(outline.length / 40));
  const beside = outline
    .filter((_, index) => index % every === 0)
    .flatMap(({ x, y }) =>
      DIRECTIONS.map(([dx, dy], rank) => ({
        x: x + dx * (size.width / 2 + 5),
        y: y + dy * (size.height / 2 + 4),
        cost: 4 + 0.1 * rank + 0.02 * Math.hypot(x - centre.x, y - centre.y),
      })),
    );
  return [...inside, ...beside];
}

/**
 * Spots in rings around a point, clear of it: a line from there leads to it.
 *
 * @param {L.Point} point
 * @param {Size} size
 * @returns {Spot[]}
 */
export function spotsApart(point, size) {
  const turns = Array.from({ length: 16 }, (_, index) => (index * Math.PI) / 8);
  return [24, 44, 68, 96, 130].flatMap((gap) =>
    turns.map((turn) => {
      const [dx, dy] = [Math.cos(turn), Math.sin(turn)];
      const [x, y] = [point.x + dx * (gap + size.width / 2), point.y + dy * (gap + size.height / 2)];
      return { x, y, cost: 6 + gap / 10, leadsTo: point };
    }),
  );
}

/**
 * Spots all over the view that lie within a country, the nearer to its middle the cheaper.
 *
 * @param {L.Map} map
 * @param {LatLng} at its middle
 * @param {LatLng[][]} rings of its polygons
 * @param {Size} size
 * @returns {Spot[]}
 */
export function spotsWithin(map, at, rings, size) {
  const view = map.getSize();
  const middle = map.latLngToContainerPoint(at);
  const bounds = L.latLngBounds(rings.flat(1));
  /** @type {(x: number, y: number) => boolean} */
  const isIn = (x, y) => {
    const { lat, lng } = map.containerPointToLatLng([x, y]);
    return bounds.contains([lat, lng]) && isWithin(rings, [lat, lng]);
  };
  if (!bounds.intersects(map.getBounds())) {
    return [];
  }
  const spots = [];
  for (let x = size.width / 2 + 8; x < view.x - size.width / 2; x += 56) {
    for (let y = size.height / 2 + 8; y < view.y - size.height / 2; y += 48) {
      const [w, h] = [size.width / 2, size.height / 2];
      if (isIn(x, y) && isIn(x - w, y - h) && isIn(x + w, y - h) && isIn(x - w, y + h) && isIn(x + w, y + h)) {
        spots.push({ x, y, cost: 4 + Math.min(6, middle.distanceTo([x, y]) / 60) });
      }
    }
  }
  return spots;
}

/**
 * Spots on a line, best before the middle: lines to one front run together towards their end. Beside the line only where it is
 * too short to carry the label, and then so close that it is read as the line's.
 *
 * @param {L.Point[]} line its points, at even distances
 * @param {Size} size
 * @returns {Spot[]}
 */
export function spotsOnLine(line, size) {
  const spots = [];
  for (let t = 0.1; t <= 0.92; t += 0.03) {
    const on = pointAlong(line, t);
    spots.push({ x: on.x, y: on.y, cost: Math.abs(t - 0.42) * 6 });
  }
  const [from, to] = [line[0], line[line.length - 1]];
  if (from.distanceTo(to) > 2 * size.width) {
    return spots;
  }
  const middle = from.add(to).divideBy(2);
  DIRECTIONS.forEach(([dx, dy], rank) => {
    [4, size.height].forEach((gap) => {
      const [x, y] = [dx * (size.width / 2 + gap), dy * (size.height / 2 + gap)];
      spots.push({ x: middle.x + x, y: middle.y + y, cost: 8 + gap / 4 + rank * 0.2 });
    });
  });
  return spots;
}

/**
 * The point at a part, from 0 to 1, of a line whose points are at even distances.
 *
 * @param {L.Point[]} line
 * @param {number} part
 */
function pointAlong(line, part) {
  const index = Math.min(Math.floor(part * (line.length - 1)), line.length - 2);
  const rest = part * (line.length - 1) - index;
  return line[index].add(line[index + 1].subtract(line[index]).multiplyBy(rest));
}

/**
 * Spots beside a line, on either hand, for a label that names the whole of it.
 *
 * @param {L.Point[]} samples
 * @param {Size} size
 * @param {number} every
 * @returns {Spot[]}
 */
export function spotsAlong(samples, size, every) {
  /** @type {Spot[]} */
  const spots = [];
  const [w, h] = [size.width / 2, size.height / 2];
  for (let i = 0; i < samples.length; i += every) {
    const { x, y } = samples[i];
    const offMiddle = 6 * Math.abs(i / samples.length - 0.5);
    [12, 22].forEach((gap) => {
      const cost = gap / 6 + offMiddle;
      spots.push({ x: x + w + gap, y, cost });
      spots.push({ x: x + w + gap * 0.7, y: y + h + gap * 0.7, cost });
      spots.push({ x, y: y + h + gap, cost: cost + 0.5 });
      spots.push({ x: x - w - gap, y, cost: cost + 5 });
    });
  }
  return spots;
}

/**
 * Spots along straight stretches of a river, the text turned with it and set just beside the water.
 *
 * @param {L.Point[]} points every few pixels along the river
 * @param {Size} size
 * @param {number} step pixels between the points
 * @returns {Spot[]}
 */
export function spotsAlongRiver(points, size, step) {
  const span = Math.ceil((size.width + 12) / step);
  const spots = [];
  for (let i = 0; i + span < points.length; i += 4) {
    const stretch = points.slice(i, i + span + 1);
    const bend = bendOf(stretch);
    if (bend < 5) {
      spots.push(...spotsBesideStretch(stretch, size, bend));
    }
  }
  return spots;
}

/** @param {L.Point[]} stretch @param {Size} size @param {number} bend @returns {Spot[]} */
function spotsBesideStretch(stretch, size, bend) {
  const [from, to] = [stretch[0], stretch[stretch.length - 1]];
  const angle = upright((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI);
  const turn = (angle * Math.PI) / 180;
  const gap = size.height / 2 + bend + 1;
  return [-1, 1].map((side) => ({
    x: (from.x + to.x) / 2 - Math.sin(turn) * gap * side,
    y: (from.y + to.y) / 2 + Math.cos(turn) * gap * side,
    cost: bend + Math.abs(angle) / 30 + (side > 0 ? 0.5 : 0),
    angle,
  }));
}

/**
 * Spots on one side of a front, along its straight stretches, the text turned with it and clear of all its bends.
 *
 * @param {L.Point[]} points every few pixels along the front, in its direction
 * @param {Size} size
 * @param {number} side 1 on the right of the direction, -1 on the left
 * @returns {Spot[]}
 */
export function spotsBesideFront(points, size, side) {
  const spots = [];
  for (let start = 0; start < points.length; start += 2) {
    const from = points[start];
    const span = points.slice(start).findIndex((point) => point.distanceTo(from) > size.width + 8);
    const to = points[span < 0 ? start : start + span];
    if (span < 0 || to.distanceTo(from) > size.width + 40) {
      continue; // it ends before, or leaves the view between
    }
    const length = to.distanceTo(from);
    const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
    const offsets = points.slice(start, start + span).map((p) => dx * (p.y - from.y) - dy * (p.x - from.x));
    const [least, most] = [Math.min(...offsets), Math.max(...offsets)];
    const gap = (side > 0 ? most : -least) + size.height / 2 + 7;
    const angle = upright((Math.atan2(dy, dx) * 180) / Math.PI);
    const offMiddle = 3 * Math.abs((start + span / 2) / points.length - 0.5);
    spots.push({
      x: (from.x + to.x) / 2 - dy * gap * side,
      y: (from.y + to.y) / 2 + dx * gap * side,
      cost: (most - least) / 3 + Math.abs(angle) / 20 + offMiddle,
      angle,
    });
  }
  return spots;
}

/** The turn in degrees that sets a text along a line, never upside down. @param {number} angle */
export function upright(angle) {
  if (angle > 90) {
    return angle - 180;
  }
  return angle < -90 ? angle + 180 : angle;
}

/**
 * How far a stretch leaves the straight line between its ends, in pixels; Infinity where it turns back on itself.
 *
 * @param {L.Point[]} stretch
 */
export function bendOf(stretch) {
  const [from, to] = [stretch[0], stretch[stretch.length - 1]];
  const length = from.distanceTo(to);
  if (length < 10) {
    return Infinity;
  }
  return Math.max(
    ...stretch.map((p) => Math.abs((to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x)) / length),
  );
}
