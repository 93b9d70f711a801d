/** Scenarios side by side: what the map's own script calls, `geo.layer(kind)` and `geo.start(map)`. */

import { createVoice } from "./access.js";
import { readPageData, unpackMap } from "./data.js";
import { find, findAll } from "./elements.js";
import { buildNearest } from "./nearest.js";
import { connectPanel, showAge } from "./panel.js";
import { createSelection } from "./selection.js";
import { connectSorting } from "./sorting.js";
import { collectLayers, drawMap, frameMap, REFERENCE_LAYERS } from "./start.js";
import { connectTakeaway, renderTable } from "./takeaway.js";
import { followPrinter } from "./view.js";
import { connectWalk, createWalk, speakZone } from "./walk.js";
import { drawZone } from "./zones.js";

/** @import { ComparisonPageJson, MapData, Zone } from "./data.js" */

const SHEET_PX = 714; // of the height of A4 on its side, within its margins
const MAP_PX = 570;

/** @type {ComparisonPageJson} */
const json = readPageData();
const data = unpackMap(json);
const drawn = collectLayers((kind) =>
  kind in REFERENCE_LAYERS ? REFERENCE_LAYERS[kind](data) : buildScenario(data, kind),
);

/** Build a layer. */
export const { layer } = drawn;

/** Make the page usable at once, then draw the map step by step. @param {L.Map} map */
export function start(map) {
  showAge(find("#age", HTMLElement), new Date());
  find(".legend", HTMLDetailsElement).open = window.innerHeight > 520; // open, it would hide the front on a low map
  frameMap(map, data);
  let lettering = { drawLabels: () => {} };
  connectSwitches(map, drawn.layers, () => lettering.drawLabels());
  const selection = createSelection(map, data, switchOn);
  connectPanel(selection, { lower: () => undefined }); // no sheet hides this map
  const speak = createVoice();
  map.on("zoneselect", ({ index }) => index >= 0 && speak(speakZone(data, index)));
  connectWalk(map, createWalk(data.zones, selection));
  nameComparison(map);
  connectTakeaway({ distances: () => renderTable(json.table) });
  connectSorting();
  // A label may belong to a layer, or to all zones or ways of the map, which are never off together.
  lettering = drawMap(map, data, drawn, (kind) => !(kind in drawn.layers) || map.hasLayer(drawn.layers[kind]));
  widenForPaper(map);
}

/**
 * One scenario: its zones, and the way from the nearest of them to the front.
 *
 * @param {MapData} map
 * @param {string} kind its layer's name
 */
function buildScenario(map, kind) {
  const group = L.layerGroup();
  const zones = map.zones.filter((zone) => zone.layer === kind);
  buildNearest({ zones }).eachLayer((shape) => group.addLayer(shape));
  zones.forEach((zone) => group.addLayer(drawZone(zone)));
  return group;
}

/** Say what the map is and what it shows. @param {L.Map} map */
function nameComparison(map) {
  const container = map.getContainer();
  container.setAttribute("role", "application"); // a screen reader hands the keys to the map instead of reading on
  container.setAttribute("aria-label", "Map of the scenarios");
  container.setAttribute("aria-describedby", "map-description map-keys");
}

/**
 * Each scenario's tick shows or hides its layer; the view stays, so that they are compared at the same extent.
 *
 * @param {L.Map} map
 * @param {Record<string, L.LayerGroup>} layers
 * @param {() => void} drawLabels
 */
function connectSwitches(map, layers, drawLabels) {
  findAll("input[data-layer]", HTMLInputElement).forEach((input) => {
    const own = layers[input.dataset.layer ?? ""];
    const follow = () => {
      map[input.checked ? "addLayer" : "removeLayer"](own);
      drawLabels();
    };
    input.addEventListener("change", follow);
    follow(); // a browser may remember the ticks of an earlier visit
  });
}

/** Tick a zone's scenario on, if it is off: a zone that is asked for is shown. @param {Zone} zone */
function switchOn(zone) {
  const input = find(`input[data-layer="${zone.layer}"]`, HTMLInputElement);
  if (!input.checked) {
    input.click();
  }
}

/** The map ends with the first sheet, however many lines the key sentence above it takes. @param {HTMLElement} root */
function fitFirstSheet(root) {
  const [page, frame] = [".page", ".frame"].map((each) => find(each, HTMLElement).getBoundingClientRect().top);
  root.style.setProperty("--paper-map", `${Math.min(MAP_PX, SHEET_PX - (frame - page))}px`);
}

/**
 * On paper the map has the width of the page, and the tables follow; its legend cannot be unfolded there.
 *
 * @param {L.Map} map
 */
function widenForPaper(map) {
  const root = document.documentElement;
  const legend = find(".legend", HTMLDetailsElement);
  let wasOpen = legend.open;
  followPrinter(map, data, {
    lay: () => {
      root.classList.add("is-on-paper");
      wasOpen = legend.open;
      legend.open = true;
      fitFirstSheet(root);
    },
    clear: () => {
      root.classList.remove("is-on-paper");
      legend.open = wasOpen;
    },
  });
}
