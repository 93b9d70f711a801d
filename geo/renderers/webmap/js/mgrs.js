/**
 * A position on the military grid (MGRS): UTM by Krüger's series on WGS 84, and the letters of its squares.
 *
 * The series is that of Karney, "Transverse Mercator with an accuracy of a few nanometers" (2011), to the fourth order,
 * which is good to a millimetre within a zone.
 */

/** @import { LatLng } from "./data.js" */

const FLATTENING = 1 / 298.257223563;
const N = FLATTENING / (2 - FLATTENING);
const E = Math.sqrt(FLATTENING * (2 - FLATTENING));
/** Scale on the central meridian times the radius of a circle as long as a meridian, in metres. */
const RADIUS = ((0.9996 * 6378137) / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const SERIES = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49561 * N ** 4) / 161280,
];

const BANDS = "CDEFGHJKLMNPQRSTUVWX";
const COLUMNS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"];
const ROWS = "ABCDEFGHJKLMNPQRSTUV";
const SQUARE = 100_000; // metres

/**
 * The square that a position lies in, such as "36U UA 2418 9160"; nothing near the poles, where the grid is another.
 *
 * @param {LatLng} position
 * @param {number} digits for east and for north: 5 mean a square of one metre, 4 of ten
 */
export function formatMgrs([lat, lng], digits = 4) {
  if (lat < -80 || lat >= 84) {
    return "";
  }
  const east = ((((lng + 180) % 360) + 360) % 360) - 180; // the map may show the world twice
  const band = BANDS[Math.min(Math.floor((lat + 80) / 8), BANDS.length - 1)];
  const zone = findZone(east, band);
  const { easting, northing } = project(lat, east - (zone * 6 - 183));
  const column = COLUMNS[(zone - 1) % 3][Math.floor(easting / SQUARE) - 1];
  const row = ROWS[(Math.floor(northing / SQUARE) + (zone % 2 ? 0 : 5)) % 20];
  const numbers = [easting, northing].map((metres) => pad(metres % SQUARE, digits)).join(" ");
  return `${zone}${band} ${column}${row} ${numbers}`;
}

/** The zone of 6 degrees, but for south-western Norway and Svalbard. @param {number} lng @param {string} band */
function findZone(lng, band) {
  if (band === "V" && lng >= 3 && lng < 12) {
    return 32;
  }
  if (band === "X" && lng >= 0 && lng < 42) {
    return lng < 9 ? 31 : lng < 21 ? 33 : lng < 33 ? 35 : 37;
  }
  return Math.min(Math.floor((lng + 180) / 6) + 1, 60);
}

/** UTM of a latitude and a longitude from the central meridian, in degrees; metres. @param {number} lat @param {number} lng */
function project(lat, lng) {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lng * Math.PI) / 180];
  const sine = Math.sin(phi);
  const t = Math.sinh(Math.atanh(sine) - E * Math.atanh(E * sine));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(t, Math.cos(lambda)));
  let [x, y] = [eta, xi];
  SERIES.forEach((factor, index) => {
    const k = 2 * (index + 1);
    x += factor * Math.cos(k * xi) * Math.sinh(k * eta);
    y += factor * Math.sin(k * xi) * Math.cosh(k * eta);
  });
  return { easting: RADIUS * x + 500_000, northing: RADIUS * y + (lat < 0 ? 10_000_000 : 0) };
}

/** Whole units of a square, cut and not rounded, as the grid has it. @param {number} metres @param {number} digits */
function pad(metres, digits) {
  return String(Math.floor(metres / 10 ** (5 - digits))).padStart(digits, "0");
}
