/** Scenario files in GeoJSON (RFC 7946) that the program reads: of the page's own zones, and of what is sketched on it. */

/** The zones of the page as the file they came from. @param {{scenario: Object, zones: Zone[]}} data @returns {TakeawayFile} */
export function renderZones({ scenario, zones }) {
  const features = zones.map(({ name, country, status, basis, candidate, shape }) => ({
    properties: { name, country, status, basis, candidate }, // what is undefined does not get into JSON
    polygons: shape.map((rings) => rings.map((ring) => ring.map(([lat, lng]) => [lng, lat]))),
  }));
  return renderFeatures(scenario, features);
}

/**
 * @param {Object} scenario the member that says what the zones stand for
 * @param {{properties: Object, polygons: number[][][][]}[]} features positions are lon, lat
 * @returns {TakeawayFile}
 */
export function renderFeatures(scenario, features) {
  const collection = {
    type: "FeatureCollection",
    scenario,
    features: features.map(({ properties, polygons }) => ({ type: "Feature", properties, geometry: toGeometry(polygons) })),
  };
  return { name: `${scenario.id}.geojson`, kind: "application/geo+json", text: `${layOut(collection)}\n` };
}

/** @param {number[][][][]} polygons */
function toGeometry(polygons) {
  const [first, ...others] = polygons;
  return others.length ? { type: "MultiPolygon", coordinates: polygons } : { type: "Polygon", coordinates: first };
}

/** JSON for people to edit: indented, but each position on one line. */
function layOut(value) {
  return JSON.stringify(value, null, 2).replace(/\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]/g, "[$1, $2]");
}
