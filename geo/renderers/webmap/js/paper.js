/** On paper: one A4 page in landscape, laid out before the printer asks, so that the map can be fitted to its place. */

import { fitView, holdStill } from "./view.js";

/** @param {L.Map} map @param {Object} data */
export function followPrinter(map, data) {
  const root = document.documentElement;
  const legend = document.querySelector(".legend");
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = { centre: map.getCenter(), zoom: map.getZoom(), hasLegend: legend.open };
    root.classList.add("is-printing");
    legend.open = true; // paper cannot be unfolded
    fitPaper();
    holdStill(map);
    fitView(map, data);
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
 * Shorten the bars, or take them out, then zones of the printed table, the last ones first, then notes, until all fits; and say
 * what is missing.
 */
function fitPaper() {
  const side = document.querySelector(".paper-side");
  const rows = Array.from(side.querySelectorAll("tbody tr"));
  const notes = Array.from(side.querySelectorAll(".paper-notes li"));
  [...rows, ...notes].forEach((element) => element.removeAttribute("hidden"));
  const zones = rows.filter((row) => !row.classList.contains("total"));
  const isTooLong = () => side.scrollHeight > side.clientHeight + 1;
  tellLeftOut(side, zones);
  const bars = side.querySelector(".paper-bars");
  if (bars) {
    bars.hidden = false;
    bars.classList.remove("is-short");
    bars.classList.toggle("is-short", isTooLong());
    bars.hidden = isTooLong();
  }
  while (isTooLong() && zones.filter((row) => !row.hidden).length > 3) {
    zones.findLast((row) => !row.hidden).hidden = true;
    tellLeftOut(side, zones);
  }
  while (isTooLong() && notes.some((note) => !note.hidden)) {
    notes.findLast((note) => !note.hidden).hidden = true;
  }
}

/** @param {Element} side @param {HTMLElement[]} zones */
function tellLeftOut(side, zones) {
  const more = side.querySelector(".paper-more");
  const shown = zones.filter((row) => !row.hidden).length;
  const total = Number(more.dataset.total);
  more.textContent = shown < total ? `${shown} of ${total} zones; the page on screen lists all.` : "";
}
