/** On paper: one A4 page in landscape, laid out before the printer asks, so that the map can be fitted to its place. */

import { find, findAll } from "./elements.js";
import { fitView, holdStill } from "./view.js";
import { group } from "./words.js";

/** @import { MapData } from "./data.js" */

/** @param {L.Map} map @param {MapData} data */
export function followPrinter(map, data) {
  const root = document.documentElement;
  const legend = find(".legend", HTMLDetailsElement);
  let before = { centre: map.getCenter(), zoom: map.getZoom(), hasLegend: legend.open };
  window.addEventListener("beforeprint", () => {
    before = { centre: map.getCenter(), zoom: map.getZoom(), hasLegend: legend.open };
    root.classList.add("is-printing");
    legend.open = true; // paper cannot be unfolded
    fitPaper();
    holdStill(map);
    fitView(map, data);
    tellScale(map);
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("is-printing");
    legend.open = before.hasLegend;
    map.invalidateSize({ animate: false, pan: false });
    fitView(map, data); // frees the zoom that was limited for paper
    map.setView(before.centre, before.zoom, { animate: false });
    map.setMaxBounds(data.extent);
  });
}

/**
 * Take out zones of the printed table, the last ones first, then notes, until all fits; and say what is missing.
 */
function fitPaper() {
  const side = find(".paper-side", HTMLElement);
  const rows = findAll("tbody tr", HTMLTableRowElement, side);
  const notes = findAll(".paper-notes li:not(.paper-rest)", HTMLElement, side);
  const rest = find(".paper-rest", HTMLElement, side);
  [...rows, ...notes].forEach((element) => element.removeAttribute("hidden"));
  const zones = rows.filter((row) => !row.classList.contains("total"));
  const isTooLong = () => side.scrollHeight > side.clientHeight + 1;
  tellLeftOut(side, zones);
  for (const row of zones.slice(3).reverse()) {
    row.hidden = row.hidden || isTooLong();
    tellLeftOut(side, zones);
  }
  tellRest(rest, 0);
  notes.reverse().forEach((note, index) => {
    note.hidden = isTooLong();
    if (note.hidden) {
      tellRest(rest, index + 1);
    }
  });
}

/** Say how many notes are not printed. @param {HTMLElement} rest @param {number} hidden */
function tellRest(rest, hidden) {
  const left = Number(rest.dataset.left) + hidden;
  rest.hidden = left === 0;
  rest.textContent = (rest.dataset.words ?? "").replace("{}", String(left));
}

/** Say at which ratio the map is printed: paper shows 96 pixels to the inch. @param {L.Map} map */
function tellScale(map) {
  const { x, y } = map.getSize();
  const [left, right] = [x / 2 - 50, x / 2 + 50].map((at) => map.containerPointToLatLng([at, y / 2]));
  const ratio = Number((left.distanceTo(right) / ((100 * 0.0254) / 96)).toPrecision(3));
  const note = find(".paper-scale", HTMLElement);
  note.textContent = `1:${group(ratio)} at A4, at ${left.lat.toFixed(1)}° N; ${note.dataset.projection} projection`;
}

/** @param {HTMLElement} side @param {HTMLElement[]} zones */
function tellLeftOut(side, zones) {
  const more = find(".paper-more", HTMLElement, side);
  const shown = zones.filter((row) => !row.hidden).length;
  const total = Number(more.dataset.total);
  more.textContent = shown < total ? `${shown} of ${total} zones; the page on screen lists all.` : "";
}
