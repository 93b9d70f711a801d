/**
 * Where a reader is on a map in a frame: carried on to the map that takes its place.
 *
 * @typedef {Window & {L?: typeof L}} Inside  a page of this program has Leaflet, and its map, for everybody
 */

/** The view that each map began with, which is fitted to its zones. @type {WeakMap<L.Map, string>} */
const beginnings = new WeakMap();

/**
 * Show on a new map what was looked at on the one before: the same layers, zone and day, and the same part of the world
 * unless that was fitted to the zones.
 *
 * @param {HTMLIFrameElement} before
 * @param {HTMLIFrameElement} after
 */
export function carryOn(before, after) {
  const [old, fresh] = [before.contentDocument, after.contentDocument];
  const [from, to] = [findMap(before), findMap(after)];
  if (!old || !fresh || !from || !to) {
    return; // a page without a map
  }
  const began = beginnings.get(from) ?? "";
  beginnings.set(to, describe(to));
  carryLayers(old, fresh);
  carryDay(old, fresh);
  withoutGliding(to, () => {
    carryZone(old, fresh);
    if (describe(from) !== began) {
      to.stop(); // the zone comes into view, which may glide
      to.setView(from.getCenter(), from.getZoom(), { animate: false });
    }
  });
}

/** Remember the view that the first map begins with. @param {HTMLIFrameElement} frame */
export function noteBeginning(frame) {
  const map = findMap(frame);
  if (map) {
    beginnings.set(map, describe(map));
  }
}

/** Switch on and off what was so. @param {Document} old @param {Document} fresh */
function carryLayers(old, fresh) {
  const boxes = listAll(old, "input.leaflet-control-layers-selector");
  for (const box of listAll(fresh, "input.leaflet-control-layers-selector")) {
    const same = boxes.find((each) => each.closest("label")?.textContent === box.closest("label")?.textContent);
    if (same && same.checked !== box.checked) {
      box.click();
    }
  }
}

/** Select the zone of the same name. @param {Document} old @param {Document} fresh */
function carryZone(old, fresh) {
  const selected = old.querySelector("tr.is-selected button[data-zone]")?.textContent;
  listAll(fresh, "button[data-zone]")
    .find((button) => button.textContent === selected)
    ?.click();
}

/** Go to the day that was shown; who is at the newest goes to the newest. @param {Document} old @param {Document} fresh */
function carryDay(old, fresh) {
  const [was] = listAll(old, "#slider");
  const [is] = listAll(fresh, "#slider");
  if (was && is && was.value !== was.max) {
    is.value = was.value;
    is.dispatchEvent(new Event("input"));
  }
}

/** @param {Document} page @param {string} selector @returns {HTMLInputElement[]} buttons are none, but can be clicked too */
function listAll(page, selector) {
  return Array.from(page.querySelectorAll(selector));
}

/** @param {HTMLIFrameElement} frame @returns {L.Map | undefined} the map that a frame shows */
function findMap(frame) {
  const inside = /** @type {Inside | null} */ (frame.contentWindow);
  const kind = inside?.L?.Map;
  return kind && Object.values(inside).find((value) => value instanceof kind);
}

/** @param {L.Map} map */
function describe(map) {
  return `${map.getZoom()} ${map.getCenter()}`;
}

/**
 * Let a map jump where it would glide, and to exactly what is wanted: a glide that has begun would end elsewhere.
 *
 * @param {L.Map} map
 * @param {() => void} action
 */
function withoutGliding(map, action) {
  const inner = /** @type {{_zoomAnimated: boolean}} */ (/** @type {unknown} */ (map));
  const { _zoomAnimated } = inner;
  const { zoomSnap } = map.options;
  inner._zoomAnimated = false;
  map.options.zoomSnap = 0;
  action();
  inner._zoomAnimated = _zoomAnimated;
  map.options.zoomSnap = zoomSnap;
}
