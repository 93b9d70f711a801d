/** The reference layers, the front and its band. Colours and widths stand in the style sheet, by class name. */

/** @import { LatLng, MapData } from "./data.js" */

/**
 * Options of a drawn shape: its pane has its layer's name, its look comes from its class.
 *
 * @param {string} pane
 * @param {string} className
 */
export function look(pane, className) {
  // Leaflet writes its default blue as attributes; any rule of the style sheet is stronger.
  return { pane, className, interactive: false, smoothFactor: 0.6 };
}

/**
 * The sea as far as it is mapped, on it the countries, without outlines: each border is drawn once, by the next layer.
 * Lakes lie above the rivers, whose line goes on through a reservoir.
 *
 * @param {MapData} data
 */
export function buildLand(data) {
  const sea = L.rectangle(data.mapped, look("land", "sea-ground"));
  const countries = data.countries.map((country) =>
    L.polygon(country.shape, look("land", country.iso === "UA" ? "land land-ukraine" : "land")),
  );
  const lakes = data.lakes.map(({ shape, isDrained }) =>
    L.polygon(shape, look("lakes", isDrained ? "lake lake-drained" : "lake")),
  );
  return L.layerGroup([sea, ...countries, ...lakes]);
}

/** The ground beyond the front. @param {MapData} data */
export function buildBeyond(data) {
  return L.layerGroup([L.polygon(data.beyond, look("beyond", "beyond"))]);
}

/** @param {MapData} data */
export function buildBorders(data) {
  return L.layerGroup([
    L.polyline(flatten(data.lines.coast), look("borders", "line line-coast")),
    L.polyline(flatten(data.lines.border), look("borders", "line line-border")),
  ]);
}

/** @param {MapData} data */
export function buildOblasts(data) {
  return L.layerGroup([L.polyline(flatten(data.lines.oblast), look("oblasts", "line line-oblast"))]);
}

/** @param {MapData} data */
export function buildRivers(data) {
  return L.layerGroup(
    data.rivers.map((river) => L.polyline(river.shape, look("rivers", `line river river-${Math.min(river.rank, 3)}`))),
  );
}

/** @param {MapData} data */
export function buildBand(data) {
  return L.layerGroup([L.polygon(data.band, look("band", "band"))]);
}

/**
 * The front: a light casing that lifts it off the map, and the line itself, with the band between them.
 *
 * @param {MapData} data
 */
export function buildFront(data) {
  return L.layerGroup([
    L.polyline(data.front.lines, look("casing", "front-casing")),
    L.polyline(data.front.lines, look("front", "front")),
    ...data.front.disputed.map((line) => L.polyline(line, look("front", "front front-disputed"))),
  ]);
}

/** Places have no shapes: the label engine draws dot and name together while this layer is on the map. */
export function buildPlaces() {
  return L.layerGroup();
}

/** Flatten lines and multi-lines to a list of lines. @param {(LatLng[] | LatLng[][])[]} shapes @returns {LatLng[][]} */
export function flatten(shapes) {
  return shapes.flatMap((shape) => (isLine(shape) ? [shape] : shape));
}

/** @param {LatLng[] | LatLng[][]} shape @returns {shape is LatLng[]} */
function isLine(shape) {
  return typeof shape[0][0] === "number";
}
