/**
 * The page's data: read once, coordinates unpacked to Leaflet's order.
 *
 * @typedef {[number, number]} LatLng  latitude, longitude: Leaflet's order, used from here on
 * @typedef {{km: number, from: LatLng, to: LatLng}} Nearest
 *
 * @typedef {Object} Zone
 * @property {number} index
 * @property {string} name
 * @property {string} [country]
 * @property {boolean} [candidate]
 * @property {LatLng} at             a point inside
 * @property {LatLng[][][]} shape    polygons of rings
 * @property {L.LatLngBounds} bounds
 * @property {Nearest} [nearest]     the shortest way to the front, where it is drawn
 * @property {string[]} [figures]    what was measured, as people read it, the nearest distance first
 * @property {string[]} [phrases]    the same, each as a part of a sentence
 */

import { cutPieces } from "./geodesy.js";

/**
 * Unpack nested lists whose innermost level is lon, lat, then differences, in 1/scale degrees.
 *
 * @param {Array} packed
 * @param {number} scale
 * @returns {Array} the same nesting, with LatLng pairs innermost
 */
function unpack(packed, scale) {
  if (typeof packed[0] !== "number") {
    return packed.map((part) => unpack(part, scale));
  }
  const line = [];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < packed.length; i += 2) {
    lon += packed[i];
    lat += packed[i + 1];
    line.push([lat / scale, lon / scale]);
  }
  return line;
}

/** @param {[number, number]} position lon, lat @returns {LatLng} */
function latLng([lon, lat]) {
  return [lat, lon];
}

/** @param {number[]} extent west, south, east, north */
function latLngBounds([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** Read and unpack the JSON that stands in the page. */
export function readPageData() {
  const raw = JSON.parse(document.getElementById("page-data").textContent);
  const { basemap, scale, fineScale } = raw;
  const unpackShape = (item) => ({ ...item, shape: unpack(item.shape, scale) });
  const [mapped, view] = [raw.mapped, raw.view].map(latLngBounds);
  const unpackAt = (item) => ({ ...item, at: item.at && latLng(item.at) });
  return {
    mapped, // what the reference layers cover
    extent: mapped.contains(view) ? mapped : view.pad(0.15).extend(mapped), // how far one can go
    view, // zones and front
    countries: basemap.countries.map(unpackShape).map(unpackAt),
    lines: Object.fromEntries(Object.entries(basemap.lines).map(([kind, lines]) => [kind, unpack(lines, scale)])),
    rivers: basemap.rivers.map(unpackShape),
    seas: basemap.seas.map(unpackAt),
    places: basemap.places.map(unpackAt),
    front: unpackFront(raw.front, fineScale),
    frontId: raw.frontId,
    scenario: raw.scenario,
    table: raw.table,
    band: unpack(raw.band ?? [], scale),
    isolines: (raw.isolines ?? []).map((isoline) => ({ ...isoline, lines: unpack(isoline.lines, scale) })),
    zones: raw.zones.map((zone, index) => unpackZone(zone, index, raw)),
  };
}

/** The front's lines, also cut into the pieces that distances are measured to. */
function unpackFront(front, scale) {
  const lines = unpack(front.lines, scale);
  return { ...front, lines, pieces: cutPieces(lines) };
}

/** @returns {Zone} */
function unpackZone(zone, index, { zoneScale, phrases }) {
  const nearest = zone.nearest && { ...zone.nearest, from: latLng(zone.nearest.from), to: latLng(zone.nearest.to) };
  const shape = unpack(zone.shape, zoneScale);
  const said = zone.figures?.map((figure, number) => phrases[number].replace("{}", figure));
  return { ...zone, index, at: latLng(zone.at), shape, bounds: L.latLngBounds(shape.flat(2)), nearest, phrases: said };
}
