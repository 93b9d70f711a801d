/** Tables that are sorted by the column whose heading is pressed; pressed again, the other way round. */

export function connectSorting() {
  document.querySelectorAll("table[data-sortable]").forEach((table) => {
    table.querySelectorAll("th[data-column] button").forEach((button) => {
      button.addEventListener("click", () => sortTable(table, button.closest("th")));
    });
  });
}

/** @param {HTMLTableElement} table @param {HTMLTableCellElement} heading of the column to sort by */
function sortTable(table, heading) {
  const isRising = heading.getAttribute("aria-sort") !== "ascending";
  const column = Number(heading.dataset.column);
  const body = table.tBodies[0];
  const rows = Array.from(body.rows).sort((a, b) => (isRising ? 1 : -1) * compareCells(a.cells[column], b.cells[column]));
  body.append(...rows);
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", isRising ? "ascending" : "descending");
}

/** Figures by their unrounded value, names by their place in the file. */
function compareCells(a, b) {
  return Number(a.dataset.value) - Number(b.dataset.value);
}
