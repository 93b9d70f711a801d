/** The panel beside the map: its table leads to the zones, its date says how old it is. */

/** @param {L.Map} map @param {{zones: Zone[]}} data */
function connectPanel(map, data) {
  document.querySelectorAll("button[data-zone]").forEach((button) => {
    const index = Number(button.dataset.zone);
    const bounds = L.latLngBounds(data.zones[index].shape.flat(2));
    const row = button.closest("tr");
    button.addEventListener("click", () => map.fitBounds(bounds, { padding: [60, 60], maxZoom: 8 }));
    row.addEventListener("mouseenter", () => markZone(index, true));
    row.addEventListener("mouseleave", () => markZone(index, false));
    button.addEventListener("focus", () => markZone(index, true));
    button.addEventListener("blur", () => markZone(index, false));
  });
  showAge(document.getElementById("age"), new Date());
}

/** Say how long before the page was opened the front was drawn; the file itself knows no clock. */
function showAge(element, now) {
  const days = Math.floor((now.getTime() - Date.parse(element.dataset.asOf)) / 86400000);
  if (days < 1) {
    return;
  }
  const months = Math.floor(days / 30.44);
  const count = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;
  const age = months < 2 ? count(days, "day") : months < 24 ? count(months, "month") : count(Math.floor(months / 12), "year");
  element.textContent = ` · ${age} ago when this page was opened`;
}
