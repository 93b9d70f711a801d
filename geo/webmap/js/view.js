/** What part of the world is in view: at the start and in print, and how far one can go. */

/** Show zones and front, clear of the controls at the edges. */
function fitView(map, data) {
  const { x } = map.getSize();
  const pad = x < 600 ? 9 : 44;
  map.fitBounds(data.view, { paddingTopLeft: [pad, pad + 20], paddingBottomRight: [pad, pad], animate: false });
  map.panInsideBounds(data.extent, { animate: false });
}

/** Keep the view on the reference layers: beyond them the map would show land as sea. */
function limitView(map, data) {
  const widest = map.getBoundsZoom(data.extent, true);
  const needed = map.getBoundsZoom(data.view, false, L.point(8, 8));
  map.setMinZoom(Math.max(map.options.minZoomOfPage, Math.min(widest, needed)));
}
