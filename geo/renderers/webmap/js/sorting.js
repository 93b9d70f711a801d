/** Tables that are sorted by the column whose heading is pressed; pressed again, the other way round. */

import { find, findAll } from "./elements.js";

export function connectSorting() {
  findAll("table[data-sortable]", HTMLTableElement).forEach((table) => {
    findAll("th[data-column]", HTMLTableCellElement, table).forEach((heading) => {
      find("button", HTMLElement, heading).addEventListener("click", () => sortTable(table, heading));
    });
  });
}

/** @param {HTMLTableElement} table @param {HTMLTableCellElement} heading of the column to sort by */
function sortTable(table, heading) {
  const isRising = heading.getAttribute("aria-sort") !== "ascending";
  const column = Number(heading.dataset.column);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).sort(
    (a, b) => (isRising ? 1 : -1) * compareCells(a.cells[column], b.cells[column]),
  );
  body.append(...rows);
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", isRising ? "ascending" : "descending");
}

/**
 * Figures by their unrounded value, names by their place in the file.
 *
 * @param {HTMLTableCellElement} a
 * @param {HTMLTableCellElement} b
 */
function compareCells(a, b) {
  return Number(a.dataset.value) - Number(b.dataset.value);
}
