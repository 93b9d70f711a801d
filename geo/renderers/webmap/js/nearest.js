/** For each zone, the shortest way to the front. */

/** So many ways and their lengths are shown from the start, the nearest ones; the others from this zoom on. */
const WAYS_AT_FIRST = 14;
const ZOOM_OF_ALL_WAYS = 8;

/** With more zones than these, names stand inside only, and beyond the nearest ways only that of the selected zone is shown. */
const CROWD = 40;

/** @param {{zones: Zone[]}} data */
function buildNearest(data) {
  return L.layerGroup(zonesByDistance(data).flatMap(drawNearest));
}

/** The zones that have a distance, nearest first. @returns {Zone[]} */
function zonesByDistance(data) {
  return data.zones.filter((zone) => zone.nearest).sort((a, b) => a.nearest.km - b.nearest.km);
}

/** @param {Zone} zone @param {number} rank 0 for the nearest zone @returns {L.Path[]} the way, and a dot at each end */
function drawNearest({ nearest: { from, to }, index }, rank) {
  const late = `way-${index}${rank < WAYS_AT_FIRST ? "" : " way-late"}`;
  const ends = [from, to].map((end) => L.circleMarker(end, { ...look("nearest", `nearest-end ${late}`), radius: 2.4 }));
  return [L.polyline(greatCircle(from, to), look("nearest", `nearest ${late}`)), ...ends];
}

/** The zoom from which the ways beyond the nearest are shown. @param {Zone[]} zones */
function zoomOfAllWays(zones) {
  return zones.length > CROWD ? Infinity : ZOOM_OF_ALL_WAYS;
}

/** Show the ways of all zones only where there is room for them. @param {L.Map} map @param {Zone[]} zones */
function showLateWays(map, zones) {
  map.getContainer().classList.toggle("has-all-ways", map.getZoom() >= zoomOfAllWays(zones));
}

/**
 * Points along the great circle between two positions. The length was measured on the ellipsoid beforehand; over a few
 * hundred kilometres the two curves are less than a pixel apart on any screen.
 *
 * @param {LatLng} from
 * @param {LatLng} to
 * @returns {LatLng[]}
 */
function greatCircle(from, to) {
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
    return toLatLng(a.map((value, axis) => p * value + q * b[axis]));
  });
}

/** @param {LatLng} position @returns {number[]} unit vector */
function toVector([lat, lng]) {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

/** @param {number[]} vector @returns {LatLng} */
function toLatLng([x, y, z]) {
  return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
}
