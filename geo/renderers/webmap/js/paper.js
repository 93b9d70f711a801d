/** On paper: the sheet of a PDF around the map, laid out before the printer asks, so that the map can be fitted to its place. */

import { find } from "./elements.js";
import { followPrinter } from "./view.js";
import { group } from "./words.js";

/** @import { MapData } from "./data.js" */

/** @param {L.Map} map @param {MapData} data */
export function printSheet(map, data) {
  const { classList } = document.documentElement;
  followPrinter(map, data, {
    lay: () => {
      classList.add("is-printing");
      fitPaper();
    },
    laid: () => tellScale(map),
    clear: () => classList.remove("is-printing"),
  });
}

/** Put the map where the sheet has room for it, and show what its legend explains. */
function fitPaper() {
  const sheet = find(".paper-sheet svg", SVGElement);
  const frame = find(".frame", HTMLElement);
  const box = (sheet.dataset.map ?? "").split(" ");
  ["left", "top", "width", "height"].forEach((side, index) => {
    frame.style.setProperty(`--paper-${side}`, `${box[index]}mm`);
  });
  const lines = find("#isolines-key", HTMLElement);
  find(".paper-isolines", SVGElement, sheet).toggleAttribute("hidden", lines.hidden);
}

/** Say at which ratio the map is printed: paper shows 96 pixels to the inch. @param {L.Map} map */
function tellScale(map) {
  const { x, y } = map.getSize();
  const [left, right] = [x / 2 - 50, x / 2 + 50].map((at) => map.containerPointToLatLng([at, y / 2]));
  const ratio = Number((left.distanceTo(right) / ((100 * 0.0254) / 96)).toPrecision(3));
  find(".paper-scale", HTMLElement).textContent = `1:${group(ratio)} at A4, at ${left.lat.toFixed(1)}° N`;
}
