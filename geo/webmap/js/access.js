/** What the map owes to readers who hear it, move it by keyboard, or want it to keep still. */

/** Name the map and say what its keys do. @param {L.Map} map */
function nameMap(map) {
  const container = map.getContainer();
  // "application": a screen reader hands the arrows to the crosshair instead of reading on.
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", "Map with a crosshair for the keyboard");
  container.setAttribute("aria-describedby", "map-description map-keys");
  const layers = container.querySelector(".leaflet-control-layers-toggle");
  layers?.setAttribute("aria-label", "Layers");
}

/** Without motion where the reader asked for that; before the map is made. */
function calmMaps() {
  if (isCalm()) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  }
}
