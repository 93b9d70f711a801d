/**
 * Pinned distances: a point, the shortest way from it to the front, and a button with the length on it that removes both.
 *
 * @typedef {Object} Pins
 * @property {(position: LatLng) => Probe} add
 * @property {() => void} removeLast
 * @property {() => void} removeAll
 */

import { find } from "./elements.js";
import { greatCircle } from "./greatcircle.js";
import { formatInterval } from "./intervals.js";
import { look } from "./layers.js";
import { probe, sayDistance, saySide, sayWhere } from "./probe.js";

/** @import { FrontData, LatLng, MapData } from "./data.js" */
/** @import { Probe } from "./probe.js" */

/** Beyond so many, the oldest pin makes room: more lines would say nothing. */
const MOST_PINS = 12;

/**
 * @param {L.Map} map
 * @param {MapData} data
 * @param {() => void} onChange the labels must make room
 * @returns {Pins}
 */
export function createPins(map, data, onChange) {
  map.createPane("pins").style.zIndex = "526"; // over the front, under the labels
  /** @type {L.LayerGroup[]} */
  const pins = [];
  const clear = find("#unpin", HTMLButtonElement);
  const settle = () => {
    clear.hidden = pins.length === 0;
    clear.textContent = pins.length === 1 ? "Remove the pin" : `Remove ${pins.length} pins`;
    onChange();
  };
  const remove = (/** @type {L.LayerGroup | undefined} */ pin) => {
    if (pin && pins.includes(pin)) {
      pins.splice(pins.indexOf(pin), 1);
      pin.remove();
      settle();
    }
  };
  const add = (/** @type {LatLng} */ position) => {
    const found = probe(data, position);
    const pin = drawPin(map, found, data.front, () => {
      remove(pin);
      map.getContainer().focus({ preventScroll: true });
    });
    pins.push(pin);
    pins.splice(0, pins.length - MOST_PINS).forEach((oldest) => oldest.remove());
    settle();
    return found;
  };
  const removeLast = () => remove(pins[pins.length - 1]);
  const removeAll = () => {
    pins.splice(0).forEach((pin) => pin.remove());
    settle();
  };
  clear.addEventListener("click", () => {
    removeAll();
    map.getContainer().focus({ preventScroll: true });
  });
  return { add, removeLast, removeAll };
}

/**
 * @param {L.Map} map
 * @param {Probe} found
 * @param {FrontData} front
 * @param {() => void} onRemove
 * @returns {L.LayerGroup}
 */
function drawPin(map, found, front, onRemove) {
  const { position, nearby } = found;
  const mark = (/** @type {LatLng} */ at) => L.circleMarker(at, { ...look("pins", "pin-end"), radius: 3 });
  const way = greatCircle(position, nearby.at);
  return L.layerGroup([
    L.polyline(way, look("pins", "pin-casing")),
    L.polyline(way, look("pins", "pin-line")),
    mark(position),
    mark(nearby.at),
    L.marker(position, { icon: pinIcon(found, front, onRemove), keyboard: false }),
  ]).addTo(map);
}

/**
 * The plate above a pinned point; all of it is the button, so that a finger meets it.
 *
 * @param {Probe} found
 * @param {FrontData} front
 * @param {() => void} onRemove
 */
function pinIcon(found, front, onRemove) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pin";
  button.dataset.obstacle = "";
  button.dataset.km = String(found.nearby.km);
  const said = [sayDistance(found, front), saySide(found), sayWhere(found)].filter(Boolean).join(", ");
  button.setAttribute("aria-label", `Remove the pin: ${said}`);
  button.title = `${sayWhere(found)}. Click to remove.`;
  const km = formatInterval(found.nearby.km < 0.5 ? 0 : found.nearby.km, found.interval);
  button.append([km, saySide(found)].filter(Boolean).join(" "), cross());
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", onRemove);
  return L.divIcon({ html: button, className: "pin-holder", iconSize: [0, 0] });
}

/** A cross, for the eye only. */
function cross() {
  const sign = document.createElement("span");
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = "×";
  return sign;
}
