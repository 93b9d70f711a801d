/**
 * Distances on the WGS 84 ellipsoid, found as the program finds them, so that page and figures agree: an edge between two
 * vertices is straight in longitude and latitude (RFC 7946), it is cut into short chords in earth-centred coordinates, the
 * nearest chord point is searched there, and the distance is the geodesic to that point. No map projection takes part.
 *
 * @typedef {[number, number, number]} Vector  earth-centred x, y, z in metres
 * @typedef {{from: LatLng, to: LatLng, start: Vector, way: Vector, square: number}} Piece  a chord of at most MAX_PIECE_DEG
 * @typedef {{at: LatLng, km: number}} Nearby  the nearest point of a line, and the geodesic to it
 */

/** @import { LatLng } from "./data.js" */

const WGS84_A_M = 6378137;
const WGS84_F = 1 / 298.257223563;
export const WGS84_B_M = WGS84_A_M * (1 - WGS84_F);
export const WGS84_E2 = WGS84_F * (2 - WGS84_F);

/** Longest piece of an edge that is treated as a chord; the chord then leaves the edge by less than 1 m. */
const MAX_PIECE_DEG = 0.04;

/** @param {number} degrees */
export function radians(degrees) {
  return (degrees * Math.PI) / 180;
}

/**
 * Length of the geodesic between two positions in kilometres (Vincenty 1975, Survey Review 23(176), inverse formula; good
 * to a millimetre).
 *
 * @param {LatLng} from
 * @param {LatLng} to
 * @returns {number}
 */
export function geodesicKm(from, to) {
  const lambda0 = radians(to[1] - from[1]);
  const u1 = Math.atan((1 - WGS84_F) * Math.tan(radians(from[0])));
  const u2 = Math.atan((1 - WGS84_F) * Math.tan(radians(to[0])));
  let lambda = lambda0;
  for (let round = 0; round < 100; round += 1) {
    const arc = auxiliaryArc(u1, u2, lambda);
    if (arc.sinSigma === 0) {
      return 0;
    }
    const c = (WGS84_F / 16) * arc.cos2Alpha * (4 + WGS84_F * (4 - 3 * arc.cos2Alpha));
    const series = arc.cos2Mid + c * arc.cosSigma * (-1 + 2 * arc.cos2Mid ** 2);
    const next = lambda0 + (1 - c) * WGS84_F * arc.sinAlpha * (arc.sigma + c * arc.sinSigma * series);
    if (Math.abs(next - lambda) < 1e-12) {
      return arcLengthKm(auxiliaryArc(u1, u2, next));
    }
    lambda = next;
  }
  // Almost on the other side of the earth the formula does not settle; a sphere is within 0.6 %.
  return 6371.0088 * auxiliaryArc(radians(from[0]), radians(to[0]), lambda0).sigma;
}

/**
 * The arc between two (reduced) latitudes that are lambda apart, on Vincenty's auxiliary sphere; all in radians.
 *
 * @param {number} u1
 * @param {number} u2
 * @param {number} lambda
 */
function auxiliaryArc(u1, u2, lambda) {
  const across = Math.cos(u2) * Math.sin(lambda);
  const along = Math.cos(u1) * Math.sin(u2) - Math.sin(u1) * Math.cos(u2) * Math.cos(lambda);
  const sinSigma = Math.hypot(across, along);
  const cosSigma = Math.sin(u1) * Math.sin(u2) + Math.cos(u1) * Math.cos(u2) * Math.cos(lambda);
  const sinAlpha = sinSigma === 0 ? 0 : (Math.cos(u1) * across) / sinSigma;
  const cos2Alpha = 1 - sinAlpha ** 2;
  const cos2Mid = cos2Alpha < 1e-15 ? 0 : cosSigma - (2 * Math.sin(u1) * Math.sin(u2)) / cos2Alpha;
  return { sinSigma, cosSigma, sigma: Math.atan2(sinSigma, cosSigma), sinAlpha, cos2Alpha, cos2Mid };
}

/** Vincenty's length of an arc in kilometres. @param {ReturnType<typeof auxiliaryArc>} arc */
function arcLengthKm({ sinSigma, cosSigma, sigma, cos2Alpha, cos2Mid }) {
  const k = (cos2Alpha * (WGS84_A_M ** 2 - WGS84_B_M ** 2)) / WGS84_B_M ** 2;
  const a = 1 + (k / 16384) * (4096 + k * (-768 + k * (320 - 175 * k)));
  const b = (k / 1024) * (256 + k * (-128 + k * (74 - 47 * k)));
  const inner =
    cosSigma * (-1 + 2 * cos2Mid ** 2) - (b / 6) * cos2Mid * (-3 + 4 * sinSigma ** 2) * (-3 + 4 * cos2Mid ** 2);
  const correction = b * sinSigma * (cos2Mid + (b / 4) * inner);
  return (WGS84_B_M * a * (sigma - correction)) / 1000;
}

/** @param {LatLng} position @returns {Vector} on the ellipsoid */
function earthCentred([lat, lng]) {
  const [phi, lambda] = [radians(lat), radians(lng)];
  const normal = WGS84_A_M / Math.sqrt(1 - WGS84_E2 * Math.sin(phi) ** 2);
  const flat = normal * Math.cos(phi);
  return [flat * Math.cos(lambda), flat * Math.sin(lambda), normal * (1 - WGS84_E2) * Math.sin(phi)];
}

/** @param {Vector} a @param {Vector} b */
export function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** @param {Vector} a @param {Vector} b @returns {Vector} */
function minus(a, b) {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/**
 * The position a part t of the way along an edge, straight in longitude and latitude.
 *
 * @param {LatLng} from
 * @param {LatLng} to
 * @param {number} t
 * @returns {LatLng}
 */
export function between(from, to, t) {
  return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
}

/** Cut lines into chords, ready for many questions. @param {LatLng[][]} lines @returns {Piece[]} */
export function cutPieces(lines) {
  return lines.flatMap((line) => line.slice(1).flatMap((to, index) => cutEdge(line[index], to)));
}

/** @param {LatLng} from @param {LatLng} to @returns {Piece[]} */
function cutEdge(from, to) {
  const count = Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / MAX_PIECE_DEG));
  return Array.from({ length: count }, (_, index) => {
    const [first, last] = [between(from, to, index / count), between(from, to, (index + 1) / count)];
    const start = earthCentred(first);
    const way = minus(earthCentred(last), start);
    return { from: first, to: last, start, way, square: Math.max(dot(way, way), 1e-12) };
  });
}

/**
 * The nearest point of a line that was cut into pieces.
 *
 * @param {Piece[]} pieces
 * @param {LatLng} point
 * @returns {Nearby}
 */
export function nearestOn(pieces, point) {
  const { at } = nearestChord(pieces, point);
  return { at, km: geodesicKm(point, at) };
}

/**
 * The nearest point, with the square of its chord in m²: enough to compare, and quicker than the geodesic.
 *
 * @param {Piece[]} pieces
 * @param {LatLng} point
 * @returns {{at: LatLng, square: number}}
 */
export function nearestChord(pieces, point) {
  const [x, y, z] = earthCentred(point);
  let best = { square: Infinity, piece: pieces[0], t: 0 };
  // A plain loop without arrays: this runs a million times while a corner is dragged.
  for (const piece of pieces) {
    const { start, way } = piece;
    const gx = x - start[0];
    const gy = y - start[1];
    const gz = z - start[2];
    const along = gx * way[0] + gy * way[1] + gz * way[2];
    const t = Math.min(1, Math.max(0, along / piece.square));
    const square = gx * gx + gy * gy + gz * gz - t * (2 * along - t * piece.square);
    if (square < best.square) {
      best = { square, piece, t };
    }
  }
  return { at: between(best.piece.from, best.piece.to, best.t), square: best.square };
}

/**
 * Which way one position lies from another, clockwise from north in [0, 360): on a sphere, enough to say "west of".
 *
 * @param {LatLng} from
 * @param {LatLng} to
 */
export function bearingDeg(from, to) {
  const [phi1, phi2, lambda] = [radians(from[0]), radians(to[0]), radians(to[1] - from[1])];
  const east = Math.sin(lambda) * Math.cos(phi2);
  const north = Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * Math.cos(phi2) * Math.cos(lambda);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}
