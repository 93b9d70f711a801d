/**
 * The page's data: read once, coordinates unpacked to Leaflet's order.
 *
 * @typedef {[number, number]} LatLng  latitude, longitude: Leaflet's order, used from here on
 * @typedef {{km: number, text: string, from: LatLng, to: LatLng}} Nearest
 * @typedef {{name: string, country?: string, candidate: boolean, at: LatLng, shape: LatLng[][][], nearest?: Nearest, facts?: string[]}} Zone
 */

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
function readPageData() {
  const raw = JSON.parse(document.getElementById("page-data").textContent);
  const { basemap, scale, fineScale } = raw;
  const unpackShape = (item) => ({ ...item, shape: unpack(item.shape, scale) });
  const unpackAt = (item) => ({ ...item, at: item.at && latLng(item.at) });
  return {
    extent: latLngBounds(raw.extent),
    view: latLngBounds(raw.view),
    countries: basemap.countries.map(unpackShape).map(unpackAt),
    lines: Object.fromEntries(Object.entries(basemap.lines).map(([kind, lines]) => [kind, unpack(lines, scale)])),
    rivers: basemap.rivers.map(unpackShape),
    seas: basemap.seas.map(unpackAt),
    places: basemap.places.map(unpackAt),
    front: unpackFront(raw.front, fineScale),
    frontId: raw.frontId,
    files: raw.files,
    band: unpack(raw.band, scale),
    isolines: raw.isolines.map((isoline) => ({ ...isoline, lines: unpack(isoline.lines, scale) })),
    zones: raw.zones.map((zone) => unpackZone(zone, fineScale)),
  };
}

/** The front's lines, also cut into the pieces that distances are measured to. */
function unpackFront(front, scale) {
  const lines = unpack(front.lines, scale);
  return { ...front, lines, pieces: cutPieces(lines) };
}

/** @returns {Zone} */
function unpackZone(zone, scale) {
  const nearest = zone.nearest && { ...zone.nearest, from: latLng(zone.nearest.from), to: latLng(zone.nearest.to) };
  return { ...zone, at: latLng(zone.at), shape: unpack(zone.shape, scale), nearest };
}
