/**
 * The zones: hatched areas that say their name and distances when pointed at, and rings around those too small to see.
 */

import { look } from "./layers.js";
import { shorten } from "./words.js";

/** @import { Zone } from "./data.js" */

/** A zone that is less than this wide and high on the screen, in pixels, gets a ring around it. */
const TINY = 8;
export const RING_RADIUS = 6;

/** @param {{zones: Zone[]}} data */
export function buildZones(data) {
  return L.layerGroup(data.zones.map(drawZone));
}

/** A zone; what of it lies beyond the front is drawn over it, on ground of its own. @param {Zone} zone */
export function drawZone(zone) {
  const parts = [letPoint(L.polygon(zone.shape, lookOfZone(zone, "zone")), zone)];
  if (zone.beyond.length) {
    parts.push(L.polygon(zone.beyond, look("zones", "zone-cover")));
    parts.push(letPoint(L.polygon(zone.beyond, lookOfZone(zone, "zone zone-beyond")), zone));
  }
  return L.featureGroup(parts);
}

/** @param {Zone} zone @param {string} kind */
function lookOfZone(zone, kind) {
  const className = `${kind} zone-${zone.index}${zone.candidate ? " zone-candidate" : ""}${seriesClass(zone)}`;
  return { ...look("zones", className), interactive: true, bubblingMouseEvents: true };
}

/**
 * Let a shape tell its zone's name and distances to the pointer.
 *
 * @template {L.Path} Shape
 * @param {Shape} shape
 * @param {Zone} zone
 */
function letPoint(shape, zone) {
  shape.bindTooltip(() => describeZone(zone), { sticky: true, className: "zone-tip", opacity: 1 });
  // Leaflet would show the tip on focus too, and by that listener alone Chromium makes every zone a stop of the Tab key; by
  // keyboard the table leads to the zones.
  shape.on("add", () => {
    const path = shape.getElement();
    if (path) {
      L.DomEvent.off(path, "focus blur");
    }
  });
  shape.on("mouseover", () => markZone(zone.index, true));
  shape.on("mouseout", () => markZone(zone.index, false));
  return shape;
}

/**
 * Rings of a fixed size around the zones that could not be seen at the map's zoom.
 *
 * @param {L.Map} map
 * @param {{zones: Zone[]}} data
 * @param {(kind: string) => boolean} isShown
 * @returns {() => void} brings the rings up to date
 */
export function createRings(map, data, isShown) {
  const rings = data.zones.map((zone) =>
    letPoint(L.circleMarker(zone.at, { ...lookOfZone(zone, "zone-ring"), radius: RING_RADIUS }), zone),
  );
  return () =>
    data.zones.forEach((zone, index) => {
      const isWanted = isShown(zone.layer || "zones") && isTiny(map, zone);
      map[isWanted ? "addLayer" : "removeLayer"](rings[index]);
    });
}

/** Whether a zone is too small to see at the map's zoom. @param {L.Map} map @param {Zone} zone */
export function isTiny(map, { bounds }) {
  const [low, high] = [bounds.getSouthWest(), bounds.getNorthEast()].map((corner) =>
    map.latLngToContainerPoint(corner),
  );
  return high.x - low.x < TINY && low.y - high.y < TINY;
}

/** The class that gives a scenario its own colour and hatching where several share a map. @param {Zone} zone */
function seriesClass({ series }) {
  return series === undefined ? "" : ` series-${series}`;
}

/** A tooltip made of text nodes: names come from files, and Leaflet would read a string as HTML. @param {Zone} zone */
function describeZone(zone) {
  const box = document.createElement("div");
  const name = shorten(zone.code ? `${zone.code} ${zone.name}` : zone.name, 120);
  const lines = [name, ...zone.phrases, zone.way ?? "", zone.candidate ? "Candidate, illustrative" : "Illustrative"];
  lines.forEach((line, index) => {
    const row = document.createElement(index === 0 ? "strong" : "span");
    row.textContent = line;
    box.append(row);
  });
  return box;
}

/**
 * Mark one zone on the map, its way to the front and its row in the table, or remove the marks.
 *
 * @param {number} index
 * @param {boolean} isMarked
 */
export function markZone(index, isMarked) {
  document
    .querySelectorAll(`path:is(.zone-${index}, .way-${index})`)
    .forEach((path) => path.classList.toggle("is-marked", isMarked));
  const button = document.querySelector(`button[data-zone="${index}"]`);
  button?.closest("tr")?.classList.toggle("is-marked", isMarked);
}
