/**
 * What is measured of an outline drawn on the page: nearest point and mean distance to the front, and area. The mean is over
 * the area, by rows of equal area that are cut exactly where the outline cuts them.
 *
 * @typedef {[LatLng, LatLng]} Edge
 * @typedef {Object} OutlineMeasures
 * @property {Nearest} nearest
 * @property {Interval | null} nearestInterval
 * @property {number | null} meanKm       there is none across the front, or without area
 * @property {Interval | null} meanInterval  none either where the true line may run through the outline
 * @property {number} areaKm2
 */

import { isWithin } from "./boxes.js";
import { between, cutPieces, geodesicKm, nearestChord, nearestOn, radians, WGS84_B_M, WGS84_E2 } from "./geodesy.js";
import { findInterval } from "./intervals.js";

/** @import { LatLng, Nearest } from "./data.js" */
/** @import { Piece } from "./geodesy.js" */
/** @import { Interval, Strand } from "./intervals.js" */

/** Rows of equal area an outline is measured with, and about as many columns: the mean is then good to about 0.1 %. */
const OUTLINE_ROWS = 24;

/**
 * Measure an outline against the front.
 *
 * @param {LatLng[]} corners at least three; the last is joined to the first
 * @param {{lines: LatLng[][], pieces: Piece[], strands: Strand[]}} front
 * @returns {OutlineMeasures}
 */
export function measureOutline(corners, front) {
  const ring = [...corners, corners[0]];
  const areaKm2 = ringAreaKm2(ring);
  const shared = meetingPoint(ring, front.lines);
  // Every sector may be touched by itself: a disputed one, say.
  const nearestInterval = findInterval(front.strands, (pieces) =>
    meetingPoint(ring, linesOf(pieces)) ? 0 : nearestPair(ring, pieces).km,
  );
  if (shared) {
    return { nearest: { km: 0, from: shared, to: shared }, nearestInterval, meanKm: null, meanInterval: null, areaKm2 };
  }
  return {
    nearest: nearestPair(ring, front.pieces),
    nearestInterval,
    ...meanOf(ring, front, nearestInterval),
    areaKm2,
  };
}

/** The pieces of a line as lines of their own. @param {Piece[]} pieces @returns {LatLng[][]} */
function linesOf(pieces) {
  return pieces.map(({ from, to }) => [from, to]);
}

/**
 * The shortest way from a ring to a line it does not meet: it starts or ends at an end of a piece of one of them.
 *
 * @param {LatLng[]} ring
 * @param {Piece[]} pieces
 */
function nearestPair(ring, pieces) {
  const own = cutPieces([ring]);
  let best = { square: Infinity, from: ring[0], to: ring[0] };
  own.forEach(({ from }) => {
    const { at, square } = nearestChord(pieces, from);
    best = square < best.square ? { square, from, to: at } : best;
  });
  pieces
    .flatMap(({ from, to }) => [from, to])
    .forEach((end) => {
      const { at, square } = nearestChord(own, end);
      best = square < best.square ? { square, from: at, to: end } : best;
    });
  const { from, to } = best;
  return { km: geodesicKm(from, to), from, to };
}

/** Area inside a ring in square kilometres, on the ellipsoid. @param {LatLng[]} ring closed */
function ringAreaKm2(ring) {
  const sum = ring.slice(1).reduce((total, to, index) => total + areaBelowEdge(ring[index], to), 0);
  return Math.abs(sum) / 1e6;
}

/**
 * Area between an edge and the equator in square metres, positive eastwards. Along an edge that is straight in degrees the
 * latitude runs evenly with the longitude, so Simpson's rule over short parts is exact to a millionth.
 *
 * @param {LatLng} from
 * @param {LatLng} to
 */
function areaBelowEdge(from, to) {
  const count = Math.max(1, Math.ceil(Math.abs(to[0] - from[0]) / 0.5));
  const height = (/** @type {number} */ t) => zoneHeight(from[0] + t * (to[0] - from[0]));
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum += height(i / count) + 4 * height((i + 0.5) / count) + height((i + 1) / count);
  }
  return (radians(to[1] - from[1]) * sum) / (6 * count);
}

/**
 * Area in square metres, for each radian of longitude, from the equator to a latitude (Snyder 1987, equation 3-12).
 *
 * @param {number} lat
 */
function zoneHeight(lat) {
  const sine = Math.sin(radians(lat));
  const e = Math.sqrt(WGS84_E2);
  return (
    (WGS84_B_M ** 2 / 2) * (sine / (1 - WGS84_E2 * sine ** 2) + Math.log((1 + e * sine) / (1 - e * sine)) / (2 * e))
  );
}

/**
 * Mean distance of a ring's inside in kilometres with its interval, null if it has none.
 *
 * @param {LatLng[]} ring closed
 * @param {{pieces: Piece[], strands: Strand[]}} front
 * @param {Interval | null} nearest between what its nearest distance lies
 * @returns {{meanKm: number | null, meanInterval: Interval | null}}
 */
function meanOf(ring, { pieces, strands }, nearest) {
  let [weights, sum, low, high] = [0, 0, 0, 0];
  cellsInside(ring).forEach(({ at, weight }) => {
    const interval = findInterval(strands, (its) => nearestOn(its, at).km);
    weights += weight;
    sum += weight * nearestOn(pieces, at).km;
    low += weight * (interval?.low ?? 0);
    high += weight * (interval?.high ?? 0);
  });
  if (weights === 0) {
    return { meanKm: null, meanInterval: null }; // a flat outline has no inside
  }
  const isClear = nearest !== null && nearest.low > 0;
  return { meanKm: sum / weights, meanInterval: isClear ? { low: low / weights, high: high / weights } : null };
}

/**
 * Points that stand for cells of a ring's inside, each with its weight: rows of equal area between the ring's south and north,
 * cut where the ring crosses the row's middle.
 *
 * @param {LatLng[]} ring closed
 * @returns {{at: LatLng, weight: number}[]}
 */
function cellsInside(ring) {
  const lats = ring.map(([lat]) => lat);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const lngs = ring.map(([, lng]) => lng);
  const column = (Math.max(...lngs) - Math.min(...lngs)) / OUTLINE_ROWS;
  /** @type {{at: LatLng, weight: number}[]} */
  const cells = [];
  for (let row = 0; row < OUTLINE_ROWS; row += 1) {
    const lat = latitudeAt(south, north, (row + 0.5) / OUTLINE_ROWS);
    const cuts = crossings(ring, lat);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const width = cuts[i + 1] - cuts[i];
      const count = Math.max(1, Math.ceil(width / column));
      for (let k = 0; k < count; k += 1) {
        cells.push({ at: [lat, cuts[i] + ((k + 0.5) / count) * width], weight: width / count });
      }
    }
  }
  return cells;
}

/**
 * The latitude below which a part of the area between two parallels lies, by halving.
 *
 * @param {number} south
 * @param {number} north
 * @param {number} part
 */
function latitudeAt(south, north, part) {
  const wanted = zoneHeight(south) + part * (zoneHeight(north) - zoneHeight(south));
  let [low, high] = [south, north];
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    [low, high] = zoneHeight(middle) < wanted ? [middle, high] : [low, middle];
  }
  return (low + high) / 2;
}

/** Longitudes at which a ring crosses a parallel, from west to east. @param {LatLng[]} ring @param {number} lat */
function crossings(ring, lat) {
  /** @type {number[]} */
  const found = [];
  ring.slice(1).forEach((to, index) => {
    const from = ring[index];
    if (from[0] > lat !== to[0] > lat) {
      found.push(from[1] + ((lat - from[0]) / (to[0] - from[0])) * (to[1] - from[1]));
    }
  });
  return found.sort((a, b) => a - b);
}

/** A point that a ring's inside shares with lines, or null. @param {LatLng[]} ring closed @param {LatLng[][]} lines */
export function meetingPoint(ring, lines) {
  const within = lines.flat().find((vertex) => isWithin([ring], vertex));
  if (within) {
    return within;
  }
  for (const line of lines) {
    for (let i = 1; i < line.length; i += 1) {
      for (let j = 1; j < ring.length; j += 1) {
        const shared = crossingOf(line[i - 1], line[i], ring[j - 1], ring[j]);
        if (shared) {
          return shared;
        }
      }
    }
  }
  return null;
}

/**
 * Where two edges cross or touch, or null.
 *
 * @param {LatLng} a
 * @param {LatLng} b
 * @param {LatLng} c
 * @param {LatLng} d
 * @returns {LatLng | null}
 */
function crossingOf(a, b, c, d) {
  const [r, s, q] = [
    [b[0] - a[0], b[1] - a[1]],
    [d[0] - c[0], d[1] - c[1]],
    [c[0] - a[0], c[1] - a[1]],
  ];
  const turn = r[0] * s[1] - r[1] * s[0];
  const t = (q[0] * s[1] - q[1] * s[0]) / turn;
  const u = (q[0] * r[1] - q[1] * r[0]) / turn;
  return turn !== 0 && t >= 0 && t <= 1 && u >= 0 && u <= 1 ? between(a, b, t) : null;
}

/** Half of the last decimal that is saved: corners nearer than this to an edge would lie on it in the file. */
const TOUCH_DEG = 5e-5;

/**
 * Whether an outline crosses or touches itself, or has no area, as a zone in a file must not.
 *
 * @param {LatLng[]} corners
 */
export function isTangled(corners) {
  const distinct = corners.filter((corner, i) => {
    const next = corners[(i + 1) % corners.length];
    return !liesOn(corner, next, next);
  });
  /** @type {Edge[]} */
  const edges = distinct.map((from, i) => [from, distinct[(i + 1) % distinct.length]]);
  return distinct.length < 3 || edges.some((edge) => edges.some((other) => doEdgesMeet(edge, other)));
}

/**
 * Whether two edges of an outline meet elsewhere than at a corner they share.
 *
 * @param {Edge} edge
 * @param {Edge} other
 */
function doEdgesMeet(edge, [from, to]) {
  const shares = (/** @type {LatLng} */ corner) => edge.includes(corner);
  const isApart = !shares(from) && !shares(to);
  return (isApart && crossingOf(...edge, from, to) !== null) || (!shares(to) && liesOn(to, ...edge));
}

/**
 * Whether a point lies on an edge, or so near that rounding may put it there; planar, in degrees.
 *
 * @param {LatLng} point
 * @param {LatLng} from
 * @param {LatLng} to
 */
function liesOn(point, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / square;
  const nearest = between(from, to, Math.min(1, Math.max(0, along)));
  return Math.hypot(point[0] - nearest[0], point[1] - nearest[1]) < TOUCH_DEG;
}
