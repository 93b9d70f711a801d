/** What part of the world is in view: at the start and in print, and how far one can go. */

/** Pixels between what must be in view and the map's edge: left and right, top (where controls stand), bottom. */
function padding(map) {
  const side = map.getSize().x < 600 ? 9 : 44;
  return { side, top: side + 20, bottom: side };
}

/** Show zones and front, clear of the controls at the edges, then stop people from zooming out much further. */
function fitView(map, data) {
  const { side, top, bottom } = padding(map);
  map.setMinZoom(map.options.minZoomOfPage); // an earlier limit, for another size, must not hinder
  map.fitBounds(data.view, { paddingTopLeft: [side, top], paddingBottomRight: [side, bottom], animate: false });
  map.panInsideBounds(data.extent, { animate: false });
  limitView(map, data);
}

/** Keep the view on the reference layers, beyond which land would look like sea, but never closer than zones and front. */
function limitView(map, data) {
  const { side, top, bottom } = padding(map);
  const widest = map.getBoundsZoom(data.extent, true);
  const fitted = map.getBoundsZoom(data.view, false, L.point(2 * side, top + bottom));
  map.setMinZoom(Math.max(map.options.minZoomOfPage, Math.min(widest, fitted)));
}
