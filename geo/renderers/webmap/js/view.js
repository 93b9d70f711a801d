/** What part of the world is in view: at the start, when asked for and in print, and how far one can go. */

import { findView, subjectOf } from "./fitting.js";
import { appendSvg, setAll } from "./svg.js";

/** @import { MapData } from "./data.js" */

/** Four corners of a frame. */
const WHOLE_VIEW = "M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10";

/** The closest view of zones and front that is clear of all that stands over the map. @param {L.Map} map @param {MapData} data */
export function findFit(map, data) {
  return findView(map, subjectOf(data), data);
}

/**
 * Show zones and front, clear of all that stands over the map, then stop people from zooming out much further.
 *
 * @param {L.Map} map
 * @param {MapData} data
 */
export function fitView(map, data) {
  map.setMinZoom(leastZoom(map)); // an earlier limit, for another size, must not hinder
  map.setMaxBounds(); // nor set the map moving
  withoutSteps(map, () => {
    const { centre, zoom } = findFit(map, data);
    map.setView(centre, zoom, { animate: false });
    map.panInsideBounds(data.extent, { animate: false });
    limitView(map, data);
  });
}

/**
 * Keep the view on the reference layers, but never closer than zones and front, nor than it is: a limit moves nothing.
 *
 * @param {L.Map} map
 * @param {MapData} data
 */
export function limitView(map, data) {
  withoutSteps(map, () => {
    const widest = map.getBoundsZoom(data.extent, true);
    const fitted = findFit(map, data).zoom;
    map.setMinZoom(Math.max(leastZoom(map), Math.min(widest, fitted, map.getZoom())));
  });
}

/** How far out the page lets one go at most, whatever the size of the map. @param {L.Map} map */
function leastZoom(map) {
  return map.options.minZoomOfPage ?? 0;
}

/**
 * Zoom to exactly what is wanted, not to the step below it: on a small map a step is much.
 *
 * @param {L.Map} map
 * @param {() => void} action
 */
function withoutSteps(map, action) {
  const { zoomSnap } = map.options;
  map.options.zoomSnap = 0;
  action();
  map.options.zoomSnap = zoomSnap;
}

/**
 * Fit the map to its place on paper while the page is laid out for that, and bring its view back as it was afterwards.
 *
 * @param {L.Map} map
 * @param {MapData} data
 * @param {{lay: () => void, clear: () => void}} page  lays the page out, before the map
 */
export function followPrinter(map, data, { lay, clear }) {
  let before = { centre: map.getCenter(), zoom: map.getZoom() };
  window.addEventListener("beforeprint", () => {
    before = { centre: map.getCenter(), zoom: map.getZoom() };
    lay();
    holdStill(map);
    fitView(map, data);
  });
  window.addEventListener("afterprint", () => {
    clear();
    map.invalidateSize({ animate: false, pan: false });
    fitView(map, data); // frees the zoom that was limited for paper
    withoutSteps(map, () => map.setView(before.centre, before.zoom, { animate: false }));
    map.setMaxBounds(data.extent);
  });
}

/** Let the map take the size of its frame at once: paper catches no movement half-way. @param {L.Map} map */
function holdStill(map) {
  withoutSteps(map, () => map.stop()); // with steps, this itself would glide to the nearest one
  map.setMaxBounds(); // Leaflet would glide back inside these
  map.invalidateSize({ animate: false, pan: false });
}

/** A button below the zoom buttons that brings the first view back. @param {L.Map} map @param {MapData} data */
export function addWholeView(map, data) {
  const control = new L.Control({ position: "topleft" });
  control.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar");
    const button = L.DomUtil.create("button", "whole-view", bar);
    setAll(button, { type: "button", title: "Whole map", "aria-label": "Whole map" });
    const icon = appendSvg(button, "svg", "");
    setAll(icon, { viewBox: "0 0 16 16", "aria-hidden": "true" });
    setAll(appendSvg(icon, "path", ""), { d: WHOLE_VIEW });
    button.addEventListener("click", () => {
      fitView(map, data);
      map.setMaxBounds(data.extent);
    });
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
}

/** Explain the empty ground where some of it is in view. @param {L.Map} map @param {MapData} data */
export function tellUnmapped(map, data) {
  document.getElementById("unmapped-key")?.toggleAttribute("hidden", data.mapped.contains(map.getBounds()));
}
