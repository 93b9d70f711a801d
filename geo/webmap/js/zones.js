/** The zones: hatched areas that say their name and distances when pointed at. */

/** @param {{zones: Zone[]}} data */
function buildZones(data) {
  const group = L.layerGroup();
  data.zones.forEach((zone, index) => group.addLayer(drawZone(zone, index)));
  return group;
}

/** @param {Zone} zone @param {number} index */
function drawZone(zone, index) {
  const className = `zone zone-${index}${zone.candidate ? " zone-candidate" : ""}${seriesClass(zone)}`;
  const polygon = L.polygon(zone.shape, { ...look("zones", className), interactive: true, bubblingMouseEvents: true });
  polygon.bindTooltip(() => describeZone(zone), { sticky: true, className: "zone-tip", opacity: 1 });
  polygon.on("mouseover", () => markZone(index, true));
  polygon.on("mouseout", () => markZone(index, false));
  return polygon;
}

/** The class that gives a scenario its own colour and hatching where several share a map. */
function seriesClass({ series }) {
  return series === undefined ? "" : ` series-${series}`;
}

/** A tooltip made of text nodes: names come from files, and Leaflet would read a string as HTML. */
function describeZone(zone) {
  const box = document.createElement("div");
  const lines = [shorten(zone.code ? `${zone.code} ${zone.name}` : zone.name, 120), ...(zone.facts || []), zone.candidate ? "Candidate, illustrative" : "Illustrative"];
  lines.forEach((line, index) => {
    const row = document.createElement(index === 0 ? "strong" : "span");
    row.textContent = line;
    box.append(row);
  });
  return box;
}

/** Mark one zone on the map and its row in the table, or remove the marks. */
function markZone(index, isMarked) {
  document.querySelectorAll(`path.zone-${index}`).forEach((path) => path.classList.toggle("is-marked", isMarked));
  const button = document.querySelector(`button[data-zone="${index}"]`);
  button?.closest("tr").classList.toggle("is-marked", isMarked);
}

/** Cut a text to a length, by characters as people count them. */
function shorten(text, length) {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length - 1).join("").trimEnd()}…` : text;
}
