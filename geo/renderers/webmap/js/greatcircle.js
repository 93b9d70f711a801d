/** The shortest way between two positions as a line to draw: a great circle on a sphere. */

/** @import { LatLng } from "./data.js" */
/** @import { Vector } from "./geodesy.js" */

/**
 * Points along the great circle between two positions. The length was measured on the ellipsoid beforehand; over a few
 * hundred kilometres the two curves are less than a pixel apart on any screen.
 *
 * @param {LatLng} from
 * @param {LatLng} to
 * @returns {LatLng[]}
 */
export function greatCircle(from, to) {
  const a = toVector(from);
  const b = toVector(to);
  const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
  if (angle < 1e-6) {
    return [from, to];
  }
  const steps = Math.max(2, Math.ceil(angle / 0.004)); // about 25 km each
  return Array.from({ length: steps + 1 }, (_, step) => {
    const p = Math.sin((1 - step / steps) * angle) / Math.sin(angle);
    const q = Math.sin((step / steps) * angle) / Math.sin(angle);
    return toLatLng([p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]]);
  });
}

/** @param {LatLng} position @returns {Vector} of length 1 */
export function toVector([lat, lng]) {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** @param {Vector} vector @returns {LatLng} */
function toLatLng([x, y, z]) {
  return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
}
