/**
 * Scenario files in GeoJSON (RFC 7946) that the program reads: of the page's own zones, and of what is sketched on it.
 */

/** @import { LatLng, LonLat, ScenarioJson, Zone } from "./data.js" */
/** @import { TakeawayFile } from "./takeaway.js" */

/**
 * The zones of the page as the file they came from.
 *
 * @param {{scenario: ScenarioJson, zones: Zone[]}} page
 * @returns {TakeawayFile}
 */
export function renderZones({ scenario, zones }) {
  const features = zones.map(({ name, country, status, basis, candidate, shape }) => ({
    properties: { name, country, status, basis, candidate }, // what is undefined does not get into JSON
    polygons: shape.map((rings) => rings.map((ring) => ring.map(lonLat))),
  }));
  return renderFeatures(scenario, features);
}

/** @param {LatLng} position @returns {LonLat} */
function lonLat([lat, lng]) {
  return [lng, lat];
}

/**
 * @param {ScenarioJson} scenario the member that says what the zones stand for
 * @param {{properties: object, polygons: LonLat[][][]}[]} features
 * @returns {TakeawayFile}
 */
export function renderFeatures(scenario, features) {
  const collection = {
    type: "FeatureCollection",
    scenario,
    features: features.map(({ properties, polygons }) => ({
      type: "Feature",
      properties,
      geometry: toGeometry(polygons),
    })),
  };
  return { name: `${scenario.id}.geojson`, kind: "application/geo+json", text: `${layOut(collection)}\n` };
}

/** @param {LonLat[][][]} polygons */
function toGeometry(polygons) {
  const [first, ...others] = polygons;
  return others.length ? { type: "MultiPolygon", coordinates: polygons } : { type: "Polygon", coordinates: first };
}

/** JSON for people to edit: indented, but each position on one line. @param {object} value */
function layOut(value) {
  return JSON.stringify(value, null, 2).replace(/\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]/g, "[$1, $2]");
}
