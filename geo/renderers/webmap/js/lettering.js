/** The labels as they are drawn: written and measured once, then put where they find a spot, or hidden. */

import { boxAround, grow } from "./boxes.js";
import { leaderPoints } from "./covering.js";
import { find } from "./elements.js";
import { appendSvg, setAll } from "./svg.js";

/** @import { Box, Spot } from "./boxes.js" */
/** @import { Scene } from "./covering.js" */
/** @import { LatLng } from "./data.js" */
/** @import { Label } from "./names.js" */
/** @import { Size } from "./spots.js" */

/** Pixels kept free around each label. */
export const LABEL_GAP = 2;

/** Pixels kept free between one name and the next: more than a space, lest they are read as one. */
export const WORD_GAP = 8;

/**
 * @typedef {Object} DrawnLabel  a label with its elements, the size of its text, and where that has its centre
 * @property {SVGGElement} group
 * @property {SVGElement | null} circle
 * @property {SVGElement} [leader]  the line from a label that stands apart to its zone
 * @property {Size} size
 * @property {{x: number, y: number}} centre
 */

/** @param {L.Map} map @param {LatLng} position @returns {Box} */
export function dotBox(map, position) {
  const { x, y } = map.latLngToContainerPoint(position);
  return { left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 };
}

/**
 * Draw a label at its spot and note the place it takes, or hide it.
 *
 * @param {L.Map} map
 * @param {Label & DrawnLabel} label
 * @param {Spot | null} spot
 * @param {Scene} scene
 */
export function showLabel(map, label, spot, scene) {
  label.group.classList.toggle("is-hidden", !spot);
  label.circle?.classList.toggle("is-hidden", !spot);
  label.leader?.classList.toggle("is-hidden", !spot?.leadsTo);
  if (!spot) {
    return;
  }
  const turn = spot.angle ? ` rotate(${spot.angle.toFixed(1)})` : "";
  const { x, y } = label.centre;
  label.group.setAttribute(
    "transform",
    `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})${turn} translate(${-x} ${-y})`,
  );
  const box = boxAround(spot, label.size);
  scene.taken.push(grow(box, LABEL_GAP));
  scene.words.push(...(label.isPill ? [] : [box]));
  if (label.leader && spot.leadsTo) {
    const line = leaderPoints(box, spot.leadsTo);
    const [from, to] = [line[0], line[line.length - 1]];
    label.leader.setAttribute("d", `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`);
    scene.leaders.push(...line);
  }
  if (label.circle && label.dot) {
    const at = map.latLngToContainerPoint(label.dot);
    label.circle.setAttribute("transform", `translate(${at.x} ${at.y})`);
    scene.taken.push(dotBox(map, label.dot));
  }
}

/**
 * The drawing all labels stand in; it hides while Leaflet animates a zoom, because text should not be stretched.
 *
 * @param {L.Map} map
 */
export function createCanvas(map) {
  const canvas = appendSvg(
    find(".leaflet-labels-pane", HTMLElement, map.getContainer()),
    "svg",
    "labels leaflet-zoom-hide",
  );
  canvas.setAttribute("aria-hidden", "true"); // the panel says all of it in words
  return canvas;
}

/** Lay the drawing over the visible part of the map. @param {L.Map} map @param {SVGElement} canvas */
export function moveCanvas(map, canvas) {
  const size = map.getSize();
  canvas.setAttribute("width", String(size.x));
  canvas.setAttribute("height", String(size.y));
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
}

/**
 * Draw labels and measure them once: type does not grow with the zoom. All are written before any is read, since the browser
 * lays out the page anew for a box that is asked for after a change.
 *
 * @param {SVGElement} canvas
 * @param {Label[]} labels
 * @returns {Generator<void, (Label & DrawnLabel)[], void>}
 */
export function* writeLabels(canvas, labels) {
  const drawn = [];
  for (const label of labels) {
    drawn.push({ label, ...appendLabel(canvas, label) });
    yield;
  }
  const plates = drawn.filter(({ label }) => label.isPill).map(({ group, text }) => ({ group, box: text.getBBox() }));
  yield;
  plates.forEach(({ group, box }) => addPlate(group, box));
  return drawn.map(({ label, group, circle, leader }) => ({ ...label, group, circle, leader, ...measure(group) }));
}

/** Create the elements of a label. @param {SVGElement} canvas @param {Label} label */
function appendLabel(canvas, label) {
  const leader = label.zone === undefined ? undefined : appendSvg(canvas, "path", "leader is-hidden");
  const group = appendSvg(canvas, "g", `label ${label.className}`);
  group.dataset.layer = label.layer;
  const text = appendSvg(group, "text", "");
  label.lines.forEach((line, index) => {
    const row = appendSvg(text, "tspan", label.hasFigure && index === label.lines.length - 1 ? "figure" : "");
    row.setAttribute("x", "0");
    row.setAttribute("dy", index ? "1.12em" : "0");
    row.textContent = line;
  });
  const circle = label.dot ? appendSvg(canvas, "circle", `dot ${label.className}`) : null;
  circle?.setAttribute("r", label.className.includes("place-1") || label.className.includes("capital") ? "3" : "2.2");
  return { group, text, circle, leader };
}

/** @param {SVGGElement} group */
function measure(group) {
  const { x, y, width, height } = group.getBBox();
  return {
    size: { width, height },
    centre: { x: Math.round(10 * (x + width / 2)) / 10, y: Math.round(10 * (y + height / 2)) / 10 },
  };
}

/** Put a rounded plate behind a text. @param {SVGElement} group @param {DOMRect} box the text's */
function addPlate(group, box) {
  const plate = appendSvg(group, "rect", "plate");
  const attributes = {
    x: box.x - 5,
    y: box.y - 1,
    width: box.width + 10,
    height: box.height + 2,
    rx: (box.height + 2) / 2,
  };
  setAll(plate, attributes);
  group.prepend(plate);
}
