/** A sketched outline as a scenario file, which the program reads like any other. */

import { isWithin } from "./boxes.js";
import { flatten } from "./layers.js";
import { renderFeatures } from "./zonefile.js";

/** @import { Country, LatLng, LonLat } from "./data.js" */
/** @import { SketchPage } from "./sketch.js" */
/** @import { TakeawayFile } from "./takeaway.js" */

/**
 * Characters no data file may carry: controls, marks that turn the direction of text, halves of pairs, non-characters.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/gu;

/** How a nameless sketch is called. */
const UNNAMED = "My sketch";

/**
 * The text of a scenario file in GeoJSON (RFC 7946): longitude first, 4 decimals, the ring closed and counter-clockwise.
 *
 * @param {LatLng[]} corners
 * @param {string} wanted the name the reader wrote
 * @param {SketchPage} data
 * @returns {TakeawayFile}
 */
export function renderScenario(corners, wanted, data) {
  const name = cleanName(wanted) || UNNAMED;
  const id = deriveId(name);
  const scenario = {
    id,
    title: name,
    summary:
      "A zone sketched by hand on a briefing map. It stands for no reported proposal, and no source is behind it.",
    ...(data.frontId && { front: data.frontId }),
  };
  const country = countryOf(corners, data.countries);
  const basis = "Drawn corner by corner on the map page of another scenario, by its reader.";
  const properties = { name, ...(country && { country }), status: "illustrative", basis };
  return renderFeatures(scenario, [{ properties, polygons: [[roundRing(corners)]] }]);
}

/** A name as a file may carry it. @param {string} text */
function cleanName(text) {
  return Array.from(text.replace(UNPRINTABLE, " ").replace(/\s+/g, " ").trim()).slice(0, 80).join("").trim();
}

/** Ukrainian letters as the national system of 2010 romanises them, and a few Russian ones. */
/** @type {Record<string, string>} */
const ROMAN = Object.fromEntries(
  [
    "а-a б-b в-v г-h ґ-g д-d е-e є-ie ж-zh з-z и-y і-i ї-i й-i к-k л-l м-m",
    "н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh щ-shch ю-iu я-ia ё-io ы-y э-e",
  ].flatMap((row) => row.split(" ").map((pair) => pair.split("-"))),
);

/** Those that are romanised otherwise at the beginning of a word. */
/** @type {Record<string, string>} */
const ROMAN_FIRST = { є: "ye", ї: "yi", й: "y", ю: "yu", я: "ya" };

/** An id: lower-case letters, digits and single hyphens. @param {string} name */
function deriveId(name) {
  const roman = name
    .normalize("NFC")
    .toLowerCase()
    .replace(/['’ʼ]/g, "")
    .replace(/зг/g, "zgh")
    .replace(/(?<!\p{L})[єїйюя]/gu, (letter) => ROMAN_FIRST[letter])
    .replace(/[а-яёєіїґ]/g, (letter) => ROMAN[letter] ?? "");
  const plain = roman.normalize("NFKD").replace(/[^\x20-\x7e]/g, "");
  return (plain.match(/[a-z0-9]+/g) || ["my-sketch"]).join("-");
}

/**
 * Corners as lon, lat with 4 decimals (about 10 m), closed, counter-clockwise, none twice in a row.
 *
 * @param {LatLng[]} corners
 */
function roundRing(corners) {
  const round = (/** @type {number} */ degrees) => Math.round(degrees * 1e4) / 1e4;
  /** @type {LonLat[]} */
  const rounded = corners.map(([lat, lng]) => [round(lng), round(lat)]);
  const ring = rounded.filter((corner, i) => !isSame(corner, rounded[(i + 1) % rounded.length]));
  const twiceArea = ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0);
  const turned = twiceArea < 0 ? ring.reverse() : ring;
  return [...turned, turned[0]];
}

/** @param {LonLat} a @param {LonLat} b */
function isSame(a, b) {
  return a[0] === b[0] && a[1] === b[1];
}

/**
 * The code of the country that holds every corner, or null: the outline is then in several, or at sea.
 *
 * @param {LatLng[]} corners
 * @param {Country[]} countries
 */
function countryOf(corners, countries) {
  /** @type {(country: Country) => boolean} */
  const holds = ({ shape }) => corners.every((corner) => isWithin(flatten(shape), corner));
  return countries.find(holds)?.iso ?? null;
}
