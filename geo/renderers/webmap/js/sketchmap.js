/** The sketched outline on the map: its area, its shortest way to the front, and a handle on each corner. */

import { ARROWS, positionAt } from "./crosshair.js";
import { between } from "./geodesy.js";
import { greatCircle } from "./greatcircle.js";
import { look } from "./layers.js";
import { formatPosition } from "./words.js";

/** @import { LatLng } from "./data.js" */
/** @import { OutlineMeasures } from "./outline.js" */
/** @import { Outline, OutlineModel } from "./outlinemodel.js" */

/** Edges shorter than this on the screen, in pixels, get no handle in their middle: it would cover the corners'. */
const ROOM_FOR_MIDDLE = 64;

/** Degrees an arrow key moves a corner, at the map's zoom: about this many pixels; with Shift, the longer way. */
const NUDGE = { short: 3, long: 30 };

/**
 * @typedef {Object} SketchMap
 * @property {(measures: OutlineMeasures | null) => void} draw
 * @property {(isShown: boolean) => void} show
 *
 * @typedef {{isHeld: boolean}} Grip  whether a handle is being dragged
 */

/** @param {L.Map} map @param {OutlineModel} model @returns {SketchMap} */
export function createSketchMap(map, model) {
  map.createPane("sketch").style.zIndex = "528"; // over pinned lines, under the labels
  const [shapes, handles] = [L.layerGroup(), L.layerGroup()];
  /** @type {Grip} */
  const grip = { isHeld: false }; // a handle that is being dragged must stay: only the shapes follow it
  const draw = (/** @type {OutlineMeasures | null} */ measures) => {
    shapes.clearLayers();
    [...drawOutline(model.now()), ...drawWay(measures)].forEach((shape) => shapes.addLayer(shape));
    if (grip.isHeld || !map.hasLayer(handles)) {
      return;
    }
    const focused = handleIndex(document.activeElement) ?? -1;
    handles.clearLayers();
    const markers = handlesOf(map, model, grip);
    markers.forEach((marker) => handles.addLayer(marker));
    markers.forEach(nameHandle);
    if (focused >= 0 && model.now().corners.length > 0) {
      markers[Math.min(focused, model.now().corners.length - 1)].getElement()?.focus();
    }
  };
  const show = (/** @type {boolean} */ isShown) =>
    [shapes, handles].forEach((group) => (isShown ? group.addTo(map) : group.remove()));
  return { draw, show };
}

/** @param {OutlineMeasures | null} measures @returns {L.Path[]} the shortest way to the front */
function drawWay(measures) {
  if (!measures || measures.nearest.km === 0) {
    return [];
  }
  const way = greatCircle(measures.nearest.from, measures.nearest.to);
  return ["pin-casing", "pin-line"].map((className) => L.polyline(way, look("sketch", className)));
}

/**
 * A handle on each corner, in their order, then one on each middle.
 *
 * @param {L.Map} map
 * @param {OutlineModel} model
 * @param {Grip} grip
 * @returns {L.Marker[]}
 */
function handlesOf(map, model, grip) {
  const { corners, isClosed } = model.now();
  const ends = corners.map((_, index) => cornerHandle(map, model, grip, index));
  return isClosed
    ? [...ends, ...middles(map, corners).map(({ at, index }) => middleHandle(model, grip, at, index))]
    : ends;
}

/** @param {Outline} outline @returns {L.Path[]} */
function drawOutline({ corners, isClosed }) {
  if (corners.length < 3) {
    return corners.length === 2 ? [L.polyline(corners, look("sketch", "sketch-line"))] : [];
  }
  const shapes = [L.polygon(corners, look("sketch", isClosed ? "sketch-area" : "sketch-area is-open"))];
  return isClosed ? shapes : [...shapes, L.polyline(corners, look("sketch", "sketch-line"))];
}

/**
 * The middles of edges that are long enough on the screen; index is that of the corner a new one stands before.
 *
 * @param {L.Map} map
 * @param {LatLng[]} corners
 */
function middles(map, corners) {
  return corners
    .map((from, i) => ({ from, to: corners[(i + 1) % corners.length], index: i + 1 }))
    .filter(({ from, to }) => {
      const [a, b] = [from, to].map((corner) => map.latLngToContainerPoint(corner));
      return a.distanceTo(b) > ROOM_FOR_MIDDLE;
    })
    .map(({ from, to, index }) => ({ at: between(from, to, 0.5), index }));
}

/** @param {LatLng} at @param {string} kind @param {string} label */
function handleAt(at, kind, label) {
  const size = window.matchMedia("(pointer: coarse)").matches ? 44 : 26;
  const icon = L.divIcon({ className: `handle handle-${kind}`, iconSize: [size, size] });
  return L.marker(at, { icon, draggable: true, autoPan: true, label });
}

/** Give a handle its name, once it stands on the map. @param {L.Marker} marker */
function nameHandle(marker) {
  const element = elementOf(marker);
  element.setAttribute("aria-label", marker.options.label ?? "");
  element.dataset.index = String(marker.options.corner ?? -1);
  element.dataset.obstacle = ""; // names on the map make room
}

/** The element of a marker that stands on the map. @param {L.Marker} marker */
function elementOf(marker) {
  const element = marker.getElement();
  if (!element) {
    throw new Error("The marker does not stand on the map.");
  }
  return element;
}

/**
 * @param {Element | null} element
 * @returns {number | null} which corner's handle it is, -1 for a middle's, null if it is none
 */
export function handleIndex(element) {
  const handle = element?.closest(".handle");
  return handle instanceof HTMLElement ? Number(handle.dataset.index) : null;
}

/**
 * A corner: drag it, move it with arrows, take it away with Delete; the first one closes an open outline.
 *
 * @param {L.Map} map
 * @param {OutlineModel} model
 * @param {Grip} grip
 * @param {number} index
 */
function cornerHandle(map, model, grip, index) {
  const { corners, isClosed, chosen } = model.now();
  const isOpen = !isClosed && corners.length >= 3;
  const isEnd = isOpen && index === 0;
  // The second half of a double click meets the corner that the first half has just set.
  const isLast = isOpen && index === corners.length - 1;
  const name = `Corner ${index + 1} of ${corners.length}, ${formatPosition(corners[index])}`;
  const label = isEnd ? `${name}; press Enter to finish the outline` : name;
  const kind = isEnd ? "end" : index === chosen ? "corner is-chosen" : "corner";
  const marker = handleAt(corners[index], kind, label);
  marker.options.corner = index;
  marker.on("dragstart", model.remember);
  letDrag(marker, grip, (at) => model.move(index, at));
  letPress(marker, () => (isEnd || isLast ? model.close() : model.choose(index)));
  marker.on("keydown", ({ originalEvent }) => pressOnCorner(map, model, index, originalEvent));
  return marker;
}

/**
 * Let a handle be pressed as a button is: by click, Enter or Space.
 *
 * @param {L.Marker} marker
 * @param {() => void} action
 */
function letPress(marker, action) {
  marker.on("click", action);
  marker.on("keydown", ({ originalEvent }) => {
    if (originalEvent.key === "Enter" || originalEvent.key === " ") {
      originalEvent.preventDefault();
      action();
    }
  });
}

/**
 * Tell where a handle is while it is dragged and, once more, when it is let go.
 *
 * @param {L.Marker} marker
 * @param {Grip} grip
 * @param {(at: LatLng) => void} onMove
 */
function letDrag(marker, grip, onMove) {
  const move = () => onMove(toPair(marker.getLatLng()));
  const show = () => {
    const element = elementOf(marker);
    element.classList.toggle("is-held", grip.isHeld);
    element.closest(".leaflet-marker-pane")?.classList.toggle("has-held", grip.isHeld);
  };
  marker.on("dragstart", () => {
    grip.isHeld = true;
    show();
  });
  marker.on("drag", move);
  marker.on("dragend", () => {
    grip.isHeld = false;
    show();
    move();
  });
}

/**
 * What a key does on a corner.
 *
 * @param {L.Map} map
 * @param {OutlineModel} model
 * @param {number} index
 * @param {KeyboardEvent} event
 */
function pressOnCorner(map, model, index, event) {
  const { key, shiftKey } = event;
  if (key === "Delete" || key === "Backspace") {
    model.remove(index);
  } else if (ARROWS[key]) {
    const step = L.point(ARROWS[key]).multiplyBy(shiftKey ? NUDGE.long : NUDGE.short);
    const from = map.latLngToContainerPoint(model.now().corners[index]);
    model.remember();
    model.move(index, positionAt(map, from.add(step)));
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/**
 * The middle of an edge: dragging it, or pressing Enter on it, makes it a corner.
 *
 * @param {OutlineModel} model
 * @param {Grip} grip
 * @param {LatLng} at
 * @param {number} index
 */
function middleHandle(model, grip, at, index) {
  const marker = handleAt(at, "middle", `Add a corner after corner ${index}`);
  let isNew = true;
  letDrag(marker, grip, (place) => {
    if (isNew) {
      model.insert(index, place);
    } else {
      model.move(index, place);
    }
    isNew = false;
  });
  letPress(marker, () => model.insert(index, at));
  return marker;
}

/** @param {L.LatLng} latlng @returns {LatLng} */
function toPair({ lat, lng }) {
  return [lat, lng];
}
