/**
 * The page's data: read once, coordinates unpacked to Leaflet's order.
 *
 * As it stands in the page, written by `pagedata.py` and the files beside it:
 *
 * @typedef {[number, number]} LonLat
 * @typedef {number[]} PackedLine  lon, lat, then differences, in packed units
 * @typedef {PackedLine[][]} PackedPolygons  polygons of rings
 * @typedef {[number, number, number, number]} Extent  west, south, east, north
 *
 * @typedef {Object} MapJson  what every page has
 * @property {number} scale       packed units in a degree; fineScale for the front, zoneScale for the zones
 * @property {number} fineScale
 * @property {number} zoneScale
 * @property {Extent} mapped      what the reference layers cover
 * @property {Extent} view        zones and front
 * @property {BasemapJson} basemap
 * @property {FrontJson} front
 * @property {PackedPolygons} [band]
 * @property {PackedPolygons} [beyond]  the ground beyond the front
 * @property {{text: string, side: number, isFar: boolean}[]} [sides]  what is lettered on the right (1) of the front's
 *   direction and on its left (-1)
 * @property {{lines: string[], at: LonLat}} [crimea]   its name, where it lies beyond the front
 * @property {StrandJson[]} [strands]
 * @property {{text: string, at: LonLat}[]} [sectors]  the names of sectors that decide distances
 * @property {IsolineJson[]} [isolines]
 * @property {string[]} [phrases]  for each figure of a zone a part of a sentence, {} in its place
 * @property {ZoneJson[]} zones
 *
 * @typedef {MapJson & {frontId: string | null, scenario: ScenarioJson, table: PackedTable}} ScenarioPageJson
 * @typedef {MapJson & {table: PackedTable}} ComparisonPageJson
 *
 * @typedef {Object} BasemapJson
 * @property {PackedLine[]} edges  of the countries, each once
 * @property {{iso: string, name: string, at: LonLat | null, outline: number[][][]}[]} countries  polygons of rings of edges
 *   by their numbers; an edge that is run backwards has the number -1 - n
 * @property {Record<"coast" | "border", [number, number]>} lines  their first edge, and the one after their last
 * @property {PackedLine[]} oblasts  the lines between them
 * @property {{name: string | null, rank: number, shape: PackedLine | PackedLine[]}[]} rivers
 * @property {{name: string | null, at: LonLat, isDrained?: boolean, shape: PackedLine[] | PackedPolygons}[]} lakes
 * @property {{name: string, at: LonLat}[]} seas
 * @property {{name: string, at: LonLat, rank: number, capital: boolean, named?: boolean}[]} places  named: by the key sentence
 *
 * @typedef {Object} FrontJson
 * @property {string[]} label     its name on the map, line by line
 * @property {string} kind        its name in a sentence
 * @property {PackedLine[]} lines
 *
 * @typedef {{km: number, isDisputed?: boolean, lines?: PackedLine[]}} StrandJson  sectors of one precision; without lines: all
 * @typedef {{text: string, lines: PackedLine[]}} IsolineJson
 * @typedef {{id: string, title: string, summary: string, claims?: string[], front?: string}} ScenarioJson
 *
 * @typedef {Object} ZoneFacts
 * @property {string} name
 * @property {string} [country]
 * @property {boolean} [candidate]
 * @property {string} [status]
 * @property {string} [basis]
 * @property {string} [way]        "in a straight line across the Black Sea"
 * @property {string[]} [figures]  what was measured, as people read it, the nearest distance first
 * @property {number} [km]         where several scenarios share a map: the nearest distance of each zone, for their order
 * @property {string[]} [ranges]   between what each of them lies
 * @property {string} [code]       where several scenarios share a map: the zone's code, and its scenario's
 * @property {number} [scenario]   index, layer and colour
 * @property {string} [layer]
 * @property {number} [series]
 *
 * @typedef {{km: number, from: LonLat, to: LonLat}} NearestJson
 * @typedef {ZoneFacts & {at: LonLat, shape: PackedPolygons, beyond?: PackedPolygons, nearest?: NearestJson}} ZoneJson
 *
 * As the scripts use it:
 *
 * @typedef {[number, number]} LatLng  latitude, longitude: Leaflet's order, used from here on
 * @typedef {{km: number, from: LatLng, to: LatLng}} Nearest
 *
 * @typedef {Object} ZonePlace
 * @property {number} index
 * @property {LatLng} at             a point inside
 * @property {LatLng[][][]} shape    polygons of rings
 * @property {LatLng[][][]} beyond   the part of it beyond the front
 * @property {L.LatLngBounds} bounds
 * @property {Nearest} [nearest]     the shortest way to the front, where it is drawn
 * @property {string[]} phrases      what it says of its figures
 * @typedef {ZoneFacts & ZonePlace} Zone
 *
 * @typedef {ReturnType<typeof unpackMap>} MapData
 * @typedef {MapData["front"]} FrontData
 * @typedef {MapData["countries"][number]} Country
 * @typedef {MapData["places"][number]} Place
 */

import { find } from "./elements.js";
import { cutPieces } from "./geodesy.js";

/** @import { PackedTable } from "./takeaway.js" */

/**
 * The same nesting, with positions innermost.
 *
 * @template T
 * @typedef {T extends number[] ? LatLng[] : T extends (infer U)[] ? Unpacked<U>[] : never} Unpacked
 */

/**
 * Unpack nested lists whose innermost level is lon, lat, then differences, in 1/scale degrees.
 *
 * @template T
 * @param {T} packed
 * @param {number} scale
 * @returns {Unpacked<T>}
 */
export function unpack(packed, scale) {
  return unpackNested(packed, scale);
}

/** @param {any} packed @param {number} scale @returns {any} */
function unpackNested(packed, scale) {
  if (typeof packed[0] !== "number") {
    return packed.map((/** @type {any} */ part) => unpackNested(part, scale));
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

/** @param {LonLat} position @returns {LatLng} */
function latLng([lon, lat]) {
  return [lat, lon];
}

/** @param {Extent} extent */
function latLngBounds([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** Join edges to a ring; each begins where the one before ended. @param {number[]} ring @param {LatLng[][]} edges */
function joinEdges(ring, edges) {
  return ring.flatMap((number) => (number < 0 ? edges[-1 - number].slice().reverse() : edges[number]).slice(1));
}

/** Read the JSON that stands in the page; the page knows which kind it is. @returns {any} */
export function readPageData() {
  return JSON.parse(find("#page-data", HTMLScriptElement).text);
}

/** Unpack what every page has. @param {MapJson} json */
export function unpackMap({ basemap, scale, fineScale, zoneScale, ...json }) {
  const [mapped, view] = [json.mapped, json.view].map(latLngBounds);
  const edges = unpack(basemap.edges, scale);
  return {
    mapped, // what the reference layers cover
    extent: view.pad(0.75).extend(mapped), // how far one can go: what lies at the rim has to come clear of controls
    view, // zones and front
    countries: basemap.countries.map(({ outline, ...country }) => ({
      ...country,
      at: country.at && latLng(country.at),
      shape: outline.map((rings) => rings.map((ring) => joinEdges(ring, edges))),
    })),
    lines: {
      coast: edges.slice(...basemap.lines.coast),
      border: edges.slice(...basemap.lines.border),
      oblast: unpack(basemap.oblasts, scale),
    },
    rivers: basemap.rivers.map((river) => ({ ...river, shape: unpack(river.shape, scale) })),
    lakes: basemap.lakes.map((lake) => ({ ...lake, at: latLng(lake.at), shape: unpack(lake.shape, scale) })),
    seas: basemap.seas.map((sea) => ({ ...sea, at: latLng(sea.at) })),
    places: basemap.places.map((place) => ({ ...place, at: latLng(place.at) })),
    front: unpackFront(json.front, json.strands ?? [], fineScale),
    band: unpack(json.band ?? [], scale),
    beyond: unpack(json.beyond ?? [], scale),
    sides: json.sides ?? [],
    sectors: (json.sectors ?? []).map((sector) => ({ ...sector, at: latLng(sector.at) })),
    crimea: json.crimea && { ...json.crimea, at: latLng(json.crimea.at) },
    isolines: (json.isolines ?? []).map((isoline) => ({ ...isoline, lines: unpack(isoline.lines, scale) })),
    zones: json.zones.map((zone, index) => unpackZone(zone, index, zoneScale, json.phrases ?? [])),
  };
}

/**
 * The front's lines, also cut into the pieces that distances and their intervals are measured to.
 *
 * @param {FrontJson} front
 * @param {StrandJson[]} strands
 * @param {number} scale
 */
function unpackFront(front, strands, scale) {
  const lines = unpack(front.lines, scale);
  const pieces = cutPieces(lines);
  const unpacked = strands.map((strand) => {
    const its = strand.lines && unpack(strand.lines, scale);
    return {
      km: strand.km,
      isDisputed: strand.isDisputed ?? false,
      lines: its ?? lines,
      pieces: its ? cutPieces(its) : pieces,
    };
  });
  const disputed = unpacked.flatMap((strand) => (strand.isDisputed ? strand.lines : []));
  return { ...front, lines, pieces, strands: unpacked, disputed };
}

/** @param {ZoneJson} zone @param {number} index @param {number} scale @param {string[]} phrases @returns {Zone} */
function unpackZone(zone, index, scale, phrases) {
  const nearest = zone.nearest && { ...zone.nearest, from: latLng(zone.nearest.from), to: latLng(zone.nearest.to) };
  const [shape, beyond] = [zone.shape, zone.beyond ?? []].map((polygons) => unpack(polygons, scale));
  const bounds = L.latLngBounds(shape.flat(2));
  const said = (zone.figures ?? []).map((figure, number) =>
    phrases[number].replace("{}", figure + (zone.ranges?.[number] ?? "")),
  );
  return { ...zone, index, at: latLng(zone.at), shape, beyond, bounds, nearest, phrases: said };
}
