/**
 * Numbers and positions as words, as the program writes them.
 *
 * @typedef {{name: string, km: number, towards: number}} PlaceNearby  towards: index of the compass point seen from the place
 */

import { bearingDeg, dot, geodesicKm } from "./geodesy.js";
import { toVector } from "./greatcircle.js";

/** @import { LatLng } from "./data.js" */

const COMPASS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"];
export const COMPASS_WORDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

/** A no-break space, as stands between every number and its unit: the two never part at a line's end. */
export const BOUND = "\u00a0";

/** A dash that no line ends after, as stands in every range. */
export const TO = "–\u2060";

/** A text with plain spaces and dashes, as it is copied. @param {string} text */
export function unbind(text) {
  return text.replaceAll(BOUND, " ").replaceAll(TO, "–");
}

/** A distance for people: to 1 km below 50 km, to 5 km above. @param {number} km */
export function formatKm(km) {
  const step = km < 50 ? 1 : 5;
  return `${group(step * Math.round(km / step))}${BOUND}km`;
}

/** An area for people, with three significant figures. @param {number} km2 */
export function formatAreaKm2(km2) {
  if (km2 < 0.5) {
    return `<1${BOUND}km²`;
  }
  const step = 10 ** Math.max(0, String(Math.floor(km2)).length - 3);
  return `${group(step * Math.round(km2 / step))}${BOUND}km²`;
}

/** Commas between thousands, the same under every locale. @param {number} number */
export function group(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A position: 48.470° N, 35.040° E, never broken before its letter. @param {LatLng} position */
export function formatPosition([lat, lng]) {
  /** @type {(degrees: number, letters: string) => string} */
  const half = (degrees, [positive, negative]) =>
    `${Math.abs(degrees).toFixed(3)}°\u00a0${degrees < 0 ? negative : positive}`;
  return `${half(lat, "NS")}, ${half(lng, "EW")}`;
}

/** The same for the ear: 48.47 degrees north, 35.04 degrees east. @param {LatLng} position */
export function speakPosition([lat, lng]) {
  /** @type {(degrees: number, words: [string, string]) => string} */
  const half = (degrees, [positive, negative]) =>
    `${Math.abs(degrees).toFixed(2)} degrees ${degrees < 0 ? negative : positive}`;
  return `${half(lat, ["north", "south"])}, ${half(lng, ["east", "west"])}`;
}

/**
 * The place to name a position by, with its distance and direction; null where the map names no place.
 *
 * @param {LatLng} position
 * @param {{name: string, at: LatLng}[]} places
 * @returns {PlaceNearby | null}
 */
export function nearestPlace(position, places) {
  /** @type {{place: {name: string, at: LatLng}, km: number} | null} */
  let best = null;
  for (const place of places) {
    const km = roughKm(position, place.at);
    best = best && best.km <= km ? best : { place, km };
  }
  if (!best) {
    return null;
  }
  const towards = Math.round(bearingDeg(best.place.at, position) / 45) % 8;
  return { name: best.place.name, km: geodesicKm(position, best.place.at), towards };
}

/**
 * Great-circle distance, to choose a place by; nothing shown is measured with it.
 *
 * @param {LatLng} a
 * @param {LatLng} b
 */
function roughKm(a, b) {
  const [u, v] = [toVector(a), toVector(b)];
  return 6371 * Math.acos(Math.min(1, dot(u, v)));
}

/**
 * "at Dnipro", "12 km NW of Dnipro".
 *
 * @param {PlaceNearby | null} place
 * @param {string[]} points the names of the compass points
 */
export function describePlace(place, points = COMPASS) {
  if (!place) {
    return "";
  }
  const name = shorten(place.name, 60);
  return place.km < 2 ? `at ${name}` : `${formatKm(place.km)} ${points[place.towards]} of ${name}`;
}

/** Cut a text to a length, by characters as people count them. @param {string} text @param {number} length */
export function shorten(text, length) {
  const characters = Array.from(text);
  if (characters.length <= length) {
    return text;
  }
  const kept = characters.slice(0, length - 1).join("");
  return `${kept.trimEnd()}…`;
}

/**
 * Break a name at spaces into lines of about so many characters.
 *
 * @param {string} text
 * @param {number} width
 * @returns {string[]}
 */
export function wrap(text, width) {
  const [first, ...words] = text.split(" ");
  const lines = [first];
  for (const word of words) {
    const last = lines.length - 1;
    if (lines[last].length + word.length < width) {
      lines[last] += ` ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
