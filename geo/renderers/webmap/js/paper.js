/** On paper: the sheet of a PDF around the map, laid out before the printer asks, so that the map can be fitted to its place. */

import { find } from "./elements.js";
import { followPrinter } from "./view.js";

/** @import { MapData } from "./data.js" */

/** @param {L.Map} map @param {MapData} data */
export function printSheet(map, data) {
  const { classList } = document.documentElement;
  followPrinter(map, data, {
    lay: () => {
      classList.add("is-printing");
      fitPaper();
    },
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
