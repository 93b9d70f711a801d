/** A scale bar that says where it holds: in this projection a kilometre is drawn larger the farther north it lies. */

import { BOUND } from "./words.js";

const SCALE_WIDTH = 150; // pixels at most

/** @param {L.Map} map */
export function addScale(map) {
  const control = new L.Control({ position: "bottomleft" });
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "leaflet-control-scale");
    const text = L.DomUtil.create("div", "scale-text", box);
    const bar = L.DomUtil.create("div", "leaflet-control-scale-line", box);
    const update = () => drawScale(map, bar, text);
    map.on("move resize", update);
    map.whenReady(update);
    return box;
  };
  control.addTo(map);
}

/**
 * Set length and text of the bar for the latitude in the middle of the map.
 *
 * @param {L.Map} map
 * @param {HTMLElement} bar
 * @param {HTMLElement} text
 */
function drawScale(map, bar, text) {
  const { x, y } = map.getSize();
  const [left, right] = [(x - SCALE_WIDTH) / 2, (x + SCALE_WIDTH) / 2];
  const ends = [left, right].map((at) => map.containerPointToLatLng([at, y / 2]));
  const kilometres = ends[0].distanceTo(ends[1]) / 1000;
  const shown = roundScale(kilometres);
  bar.style.width = `${Math.round((SCALE_WIDTH * shown) / kilometres)}px`;
  text.textContent = `${shown}${BOUND}km at ${formatLatitude(ends[0].lat)}`;
}

/** The largest of 1, 2, 3 or 5 times a power of ten that is no more than a length. @param {number} length */
export function roundScale(length) {
  const power = 10 ** Math.floor(Math.log10(length));
  const rounded = power * ([5, 3, 2].find((step) => step * power <= length) ?? 1);
  return Number(rounded.toPrecision(1)); // 0.3, not 0.30000000000000004
}

/** @param {number} lat degrees */
function formatLatitude(lat) {
  return `${Math.abs(lat).toFixed(1)}° ${lat < 0 ? "S" : "N"}`;
}
