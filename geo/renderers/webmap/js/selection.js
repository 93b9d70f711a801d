/** The one zone that is selected: the same on the map and in the table, whichever it was chosen on. */

import { isCalm } from "./access.js";
import { findAll } from "./elements.js";
import { findView, subjectOfZone } from "./fitting.js";

/** @import { Zone } from "./data.js" */

/**
 * @param {L.Map} map
 * @param {{zones: Zone[], mapped: L.LatLngBounds, extent: L.LatLngBounds}} data
 * @param {(zone: Zone) => void} reveal puts a zone on the map that may be switched off
 * @returns {{select: (index: number) => void, choose: (index: number) => void, toggle: (index: number) => void, current: () => number}}
 *   select marks a zone, index -1 for none; choose moves the map to it as well
 */
export function createSelection(map, data, reveal = () => {}) {
  let selected = -1;
  const show = (/** @type {boolean} */ isSelected) => selected >= 0 && showSelected(selected, isSelected);
  const select = (/** @type {number} */ index) => {
    show(false);
    selected = index;
    show(true);
    map.fire("zoneselect", { index });
    rowOf(index)?.scrollIntoView({ block: "nearest", behavior: isCalm() ? "auto" : "smooth" });
  };
  const choose = (/** @type {number} */ index) => {
    select(index);
    if (selected >= 0) {
      reveal(data.zones[index]);
      const { centre, zoom } = findView(map, subjectOfZone(data.zones[index]), data);
      map.setView(centre, Math.floor(4 * zoom) / 4);
    }
  };
  const toggle = (/** @type {number} */ index) => choose(index === selected ? -1 : index);
  map.on("layeradd", () => show(true)); // Leaflet draws a layer that was off anew
  return { select, choose, toggle, current: () => selected };
}

/** @param {number} index @returns {HTMLElement | null} the zone's row in the table */
function rowOf(index) {
  return document.querySelector(`button[data-zone="${index}"]`)?.closest("tr") ?? null;
}

/** Show on map and table whether a zone is selected. @param {number} index @param {boolean} isSelected */
function showSelected(index, isSelected) {
  findAll(`path:is(.zone-${index}, .way-${index})`, SVGPathElement).forEach((path) => {
    path.classList.toggle("is-selected", isSelected);
    if (isSelected) {
      path.parentElement?.append(path); // its outline over its neighbours'
    }
  });
  const row = rowOf(index);
  row?.classList.toggle("is-selected", isSelected);
  row?.querySelector("button")?.setAttribute("aria-pressed", String(isSelected));
}
