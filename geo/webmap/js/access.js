/** What the map owes to readers who hear it, move it by keyboard, or want it to keep still. */

/** Name the map and say what its keys do. @param {L.Map} map */
function nameMap(map) {
  const container = map.getContainer();
  // "application": a screen reader hands the arrows to the crosshair instead of reading on.
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", "Map with a crosshair for the keyboard");
  container.setAttribute("aria-describedby", "map-description map-keys");
  container.querySelector(".leaflet-control-layers-toggle").setAttribute("aria-label", "Layers");
}

/** Let Escape, or moving on, close the list of layers; Leaflet itself closes it for the pointer only. @param {L.Map} map */
function closeLayers(map) {
  const list = map.getContainer().querySelector(".leaflet-control-layers");
  const close = () => list.classList.remove("leaflet-control-layers-expanded");
  list.addEventListener("focusout", ({ relatedTarget: next }) => {
    // A press on a label hands the focus to the map around the list for a moment: that is not moving on.
    if (next && !list.contains(next) && !next.contains(list)) {
      close();
    }
  });
  list.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      close();
      list.querySelector(".leaflet-control-layers-toggle").focus();
    }
  });
}

/** Without motion where the reader asked for that; before the map is made. */
function calmMaps() {
  if (isCalm()) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  }
}
