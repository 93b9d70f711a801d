/**
 * What a page needs for the elements that a user added with folium: their place among ours, marker pictures, colour scales,
 * and the little of jQuery that folium's own scripts ask for.
 */

import { appendSvg, setAll } from "./svg.js";

/** Where Leaflet's panes stand among ours: tiles over the land, shapes over the zones, all of it below front and labels. */
const PLACES = { tilePane: "415", overlayPane: "505", shadowPane: "528" };

/** Width of a colour scale, and how far its ends are from those of its box, in pixels. */
const [SCALE_WIDTH, SCALE_MARGIN] = [180, 16];

/**
 * @typedef {{caption: string, runs: {colour: string, to: number}[], ticks: {at: number, text: string}[]}} Scale  positions from 0 to 1
 * @typedef {{name: string, isOverlay: boolean, find: () => L.Layer | undefined}} Listed
 */

/**
 * Make a map ready for layers that are not ours.
 *
 * @param {L.Map} map
 * @param {{icons: L.IconOptions, notice: string}} given the pictures of a marker, and what stands before the credits of layers
 */
export function prepare(map, { icons, notice }) {
  for (const [name, zIndex] of Object.entries(PLACES)) {
    const pane = map.getPane(name);
    if (pane) {
      pane.style.zIndex = zIndex;
    }
  }
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions(icons);
  L.control.attribution({ prefix: notice || false }).addTo(map);
  clearLegend(map);
  const showTiles = () => {
    let hasTiles = false;
    map.eachLayer((layer) => {
      hasTiles ||= layer instanceof L.GridLayer;
    });
    map.getContainer().classList.toggle("has-tiles", hasTiles);
  };
  map.on("layeradd layerremove", showTiles);
  map.getContainer().addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      map.closePopup(); // Leaflet's own keys are off, as ours move a crosshair
    }
  });
}

/** Keep the corner of the map's own legend free: what Leaflet puts there stands above it. @param {L.Map} map */
function clearLegend(map) {
  const corner = map.getContainer().querySelector(".leaflet-bottom.leaflet-right");
  const legend = document.querySelector(".frame .legend");
  if (!(corner instanceof HTMLElement) || !(legend instanceof HTMLElement)) {
    return;
  }
  const clear = () => {
    const isOver = getComputedStyle(legend).position === "absolute";
    corner.style.bottom = isOver ? `${legend.offsetHeight + 16}px` : "";
  };
  clear(); // at once, for the labels that are drawn next
  new ResizeObserver(clear).observe(legend);
  map.on("resize", clear);
}

/**
 * The list of layers. What could not be made, as its script was not loaded, is left out.
 *
 * @param {L.Map} map
 * @param {Listed[]} listed
 * @param {L.ControlOptions & {collapsed?: boolean, autoZIndex?: boolean}} options
 */
export function listLayers(map, listed, options) {
  const control = L.control.layers({}, {}, options);
  for (const { name, isOverlay, find } of listed) {
    const layer = findIf(find);
    if (layer && isOverlay) {
      control.addOverlay(layer, name);
    } else if (layer) {
      control.addBaseLayer(layer, name);
    }
  }
  control.addTo(map);
  for (const given of document.querySelectorAll(".added-html > *")) {
    if (given.matches(".maplegend") || getComputedStyle(given).position === "static") {
      addCorner(map, given); // else it would stand below the map, out of sight
    }
  }
}

/** @param {() => L.Layer | undefined} find */
function findIf(find) {
  try {
    return find();
  } catch {
    return undefined; // its name was never declared
  }
}

/** Put an element below the buttons of a map. @param {L.Map} map @param {Element} content */
function addCorner(map, content) {
  const control = new L.Control({ position: "topleft" });
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "added-legend");
    box.append(content);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
}

/** Draw a colour scale on a map. @param {L.Map} map @param {Scale} scale */
export function drawScale(map, { caption, runs, ticks }) {
  const box = document.createElement("div");
  const title = document.createElement("p");
  title.className = "added-scale-title";
  title.textContent = caption;
  const width = SCALE_WIDTH + 2 * SCALE_MARGIN;
  const svg = appendSvg(box, "svg", "added-scale");
  const said = [caption, ticks.map(({ text }) => text).join(", ")].filter(Boolean).join(": ");
  setAll(svg, { width: String(width), height: "30", viewBox: `0 0 ${width} 30`, role: "img", "aria-label": said });
  let from = 0;
  for (const { colour, to } of runs) {
    const [x, length] = [SCALE_MARGIN + from * SCALE_WIDTH, (to - from) * SCALE_WIDTH];
    setAll(appendSvg(svg, "rect", ""), { x: String(x), width: String(length), height: "10", fill: colour });
    from = to;
  }
  for (const { at, text } of ticks) {
    const x = String(SCALE_MARGIN + at * SCALE_WIDTH);
    setAll(appendSvg(svg, "line", ""), { x1: x, x2: x, y1: "10", y2: "14" });
    const label = appendSvg(svg, "text", "");
    setAll(label, { x, y: "26" });
    label.textContent = text;
  }
  box.prepend(title);
  addCorner(map, box);
}

/**
 * What folium's own scripts ask of jQuery: the elements of a piece of HTML, and a call once the page stands.
 *
 * @param {string | Document | (() => void)} what
 */
function query(what) {
  const ready = (/** @type {() => void} */ call) => document.addEventListener("DOMContentLoaded", call);
  if (typeof what === "function") {
    ready(what);
  }
  if (typeof what !== "string") {
    return { ready };
  }
  const template = document.createElement("template");
  template.innerHTML = what.trim();
  return Array.from(template.content.children, (element) => document.importNode(element, true));
}

/** @type {any} */ (window).$ ??= query;
