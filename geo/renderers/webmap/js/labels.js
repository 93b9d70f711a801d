/**
 * The label engine: draws as many names as fit, the important ones first, none over another, over a control or over the
 * map's edge. It starts afresh whenever the view, the size or the layers change.
 */

import {
  areaOnScreen,
  boxAround,
  countInside,
  gapTo,
  grow,
  isInside,
  isWithin,
  obstacleBoxes,
  overlap,
  pairOnScreen,
  samplesInView,
  shareInside,
} from "./boxes.js";
import { find } from "./elements.js";
import { collectLabels } from "./names.js";
import { CROWD, nearestZones, zonesByDistance } from "./nearest.js";
import { doAll } from "./steps.js";
import { appendSvg, setAll } from "./svg.js";

/** @import { Area, Box, Pair, Spot } from "./boxes.js" */
/** @import { LatLng, MapData, Zone } from "./data.js" */
/** @import { Label } from "./names.js" */
/** @import { Size } from "./spots.js" */

/** Pixels kept free around each label. */
const LABEL_GAP = 2;

/** Of more zones than these all are numbered where not every name has room: some of either would read as two kinds. */
const MOST_NAMES = 12;

/** So much of its zone, from 0 to 1, may a name hide at most. */
const MOST_HIDDEN = 0.5;

/**
 * @typedef {Object} DrawnLabel  a label with its elements, the size of its text, and where that has its centre
 * @property {SVGGElement} group
 * @property {SVGElement | null} circle
 * @property {SVGElement} [leader]  the line from a label that stands apart to its zone
 * @property {Size} size
 * @property {{x: number, y: number}} centre
 *
 * @typedef {Object} Scene  what labels must keep clear of, and what has been placed
 * @property {Box} frame
 * @property {Box[]} taken
 * @property {L.Point[]} front
 * @property {L.Point[]} ways
 * @property {Area[]} areas
 * @property {Pair[][]} sketch
 * @property {(zone: number) => boolean} isInsideOnly
 * @property {Set<number>} named  the zones that have their name or number
 * @property {L.Point[]} leaders  points every few pixels along the lines that lead to zones
 */

/**
 * @param {L.Map} map
 * @param {MapData} data
 * @param {(kind: string) => boolean} isShown whether a layer is on the map
 * @returns {{begin: () => Generator<void, void, void>, draw: () => void}} what writes and draws them for the first time, step
 *   by step, and what draws all of them anew
 */
export function createLabels(map, data, isShown) {
  const canvas = createCanvas(map);
  const names = collectLabels(data);
  /** @type {(Label & DrawnLabel)[]} */
  let labels = [];
  function* write() {
    canvas.replaceChildren();
    labels = yield* writeLabels(canvas, names);
  }
  map.on("resize", () => doAll(write())); // the style sheet may give a small map smaller type
  const frontLines = data.front.lines;
  const first = nearestZones(data.zones);
  const wayLines = () =>
    zonesByDistance(data.zones)
      .filter(({ index }) => first.has(index) || index === selected)
      .map(({ nearest }) => [nearest.from, nearest.to]);
  const isCrowd = data.zones.length > CROWD;
  let selected = -1;
  let turn = 0;
  /** @type {LatLng[]} */
  let sketch = [];
  map.on("zoneselect", ({ index }) => {
    selected = index;
  });
  map.on("sketchchange", ({ corners }) => {
    sketch = corners;
  });
  function* letter() {
    turn += 1;
    const mine = turn;
    moveCanvas(map, canvas);
    let { scene, numbered } = yield* place(mine, labels, false);
    const areNumbered = data.zones.length > MOST_NAMES && numbered.length > 0;
    if (mine === turn && areNumbered) {
      ({ scene, numbered } = yield* place(mine, labels, true));
    }
    if (mine === turn && !isCrowd && data.zones.some((zone) => isMissing(zone, scene))) {
      const plates = labels.filter((label) => label.isPill);
      ({ scene, numbered } = yield* place(mine, [...labels.filter((label) => !label.isPill), ...plates], areNumbered));
    }
    if (mine === turn) {
      map.fire("zonesnumbered", { numbered });
    }
  }
  /** Whether a zone in view has neither name nor number. @param {Zone} zone @param {Scene} scene */
  const isMissing = (zone, { frame, named }) =>
    isShown(zone.layer || "zones") &&
    !named.has(zone.index) &&
    countInside(frame, [map.latLngToContainerPoint(zone.at)]) > 0;
  /**
   * @param {number} mine
   * @param {(Label & DrawnLabel)[]} inOrder what comes first has the better spots
   * @param {boolean} areNumbered whether no zone but the selected one has its name
   */
  function* place(mine, inOrder, areNumbered) {
    /** @type {Scene} */
    const scene = {
      frame: frameBox(map, data.extent),
      taken: obstacleBoxes(map),
      front: isShown("front") ? samplesInView(map, frontLines, 5) : [],
      ways: isShown("nearest") ? samplesInView(map, wayLines(), 8) : [],
      areas: isShown("zones") ? data.zones.map((zone) => areaOnScreen(map, zone)) : [],
      sketch: [sketch.map((corner) => pairOnScreen(map, corner))],
      isInsideOnly: (zone) => isCrowd && zone !== selected,
      named: new Set(),
      leaders: [],
    };
    /** @type {number[]} */
    const numbered = [];
    for (const label of inOrder) {
      yield;
      if (mine !== turn) {
        break; // the map has been moved meanwhile, and lettered
      }
      const isTime = map.getZoom() >= label.minZoom || (label.way ?? -2) === selected;
      const isOut =
        label.zone !== undefined &&
        (scene.named.has(label.zone) || (areNumbered && !label.isNumber && label.zone !== selected));
      const isWanted = isShown(label.layer) && isTime && !isOut;
      const spot = isWanted ? findSpot(map, label, scene) : null;
      showLabel(map, label, spot, scene);
      if (spot && label.zone !== undefined) {
        scene.named.add(label.zone);
        numbered.push(...(label.isNumber ? [label.zone] : []));
      }
    }
    return { scene, numbered };
  }
  function* begin() {
    yield* write();
    yield* letter();
  }
  return { begin, draw: () => doAll(letter()) };
}

/**
 * Where labels may stand: in view, and not beyond the map.
 *
 * @param {L.Map} map
 * @param {L.LatLngBounds} extent
 * @returns {Box}
 */
function frameBox(map, extent) {
  const size = map.getSize();
  const [from, to] = [extent.getNorthWest(), extent.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  return {
    left: Math.max(0, from.x) + 3,
    top: Math.max(0, from.y) + 3,
    right: Math.min(size.x, to.x) - 3,
    bottom: Math.min(size.y, to.y) - 3,
  };
}

/**
 * What it costs to stand in a box: covering the front or a leader is dear, distance lines cheap; a zone's name belongs to its
 * zone, a town's name rather crosses no outline, and neither plates nor what else names the ground stand on a zone.
 *
 * @param {Label} label
 * @param {Spot} spot
 * @param {Box} box
 * @param {Scene} scene
 */
function costOfCover(label, spot, box, scene) {
  const onFront = 1.5 * countInside(box, scene.front) + 2 * countInside(box, scene.leaders);
  const onWays = label.isPill ? 0 : (label.isOffZones ? 3 : 0.6) * countInside(box, scene.ways);
  const onSketch = 30 * shareInside(box, scene.sketch);
  return onFront + onWays + onSketch + costOfZones(label, spot, box, scene);
}

/** @param {Label} label @param {Spot} spot @param {Box} box @param {Scene} scene */
function costOfZones(label, spot, box, scene) {
  if (label.isPill || label.isOffZones) {
    return scene.areas.some((area) => isMet(area, box)) ? Infinity : 0;
  }
  if (label.zone === undefined) {
    return label.dot ? 0.5 * scene.areas.reduce((sum, { edge }) => sum + countInside(box, edge), 0) : 0;
  }
  if (spot.leadsTo) {
    return costOfLeader(label.zone, spot.leadsTo, box, scene);
  }
  const isHiding = label.hasFigure && scene.areas.some((area) => isHidden(area, box));
  return isHiding ? Infinity : costAmongZones(label.zone, box, scene);
}

/**
 * The price of a name that stands apart: on no zone, its leader over no other label or leader and, if it can be, over no
 * other zone, nor over the front or along a way. What stands on the leader's very end, such as the dot of a town in the zone,
 * is not avoided.
 *
 * @param {number} zone
 * @param {L.Point} to
 * @param {Box} box
 * @param {Scene} scene
 */
function costOfLeader(zone, to, box, { areas, taken, leaders, front, ways, isInsideOnly }) {
  const near = grow(box, 5);
  if (isInsideOnly(zone) || areas.some((area) => isMet(area, near))) {
    return Infinity;
  }
  const line = leaderPoints(box, to);
  const isOver = (/** @type {Box} */ other) => countInside(other, [to]) === 0 && countInside(other, line) > 0;
  if (taken.some(isOver) || leaders.some((point) => gapTo(boxAtPoint(point, 3), line) === 0)) {
    return Infinity;
  }
  const outside = line.filter(({ x, y }) => !isWithin(areas[zone].rings, [y, x]));
  if (outside.length < 4) {
    return Infinity; // its leader would hardly be seen
  }
  const onOthers = line.filter(({ x, y }) =>
    areas.some((area, index) => index !== zone && isWithin(area.rings, [y, x])),
  );
  return 1.5 * onOthers.length + 8 * countNear(line, front) + 1.5 * countNear(line, ways);
}

/** How many points of a line come close to others. @param {L.Point[]} line @param {L.Point[]} points */
function countNear(line, points) {
  return line.filter((point) => countInside(boxAtPoint(point, 4), points) > 0).length;
}

/** Points every few pixels from the edge of a box to a point. @param {Box} box @param {L.Point} to @returns {L.Point[]} */
function leaderPoints({ left, top, right, bottom }, to) {
  const from = L.point(Math.min(Math.max(to.x, left), right), Math.min(Math.max(to.y, top), bottom));
  const count = Math.max(2, Math.ceil(from.distanceTo(to) / 4));
  return Array.from({ length: count + 1 }, (_, index) => from.add(to.subtract(from).multiplyBy(index / count)));
}

/** @param {L.Point} point @param {number} by @returns {Box} */
function boxAtPoint({ x, y }, by) {
  return { left: x - by, top: y - by, right: x + by, bottom: y + by };
}

/** How much of a box an area covers. @param {Area} area @param {Box} part */
function shareOf(area, part) {
  return overlap(part, area.box) ? shareInside(part, area.rings) : 0;
}

/**
 * Whether an area reaches into a box. A tiny one may fall between the points that are looked at, and has one of its own.
 *
 * @param {Area} area
 * @param {Box} part
 */
function isMet(area, part) {
  return countInside(part, [area.at]) > 0 || shareOf(area, part) > 0;
}

/**
 * The price of a turned text that has to be clear of front and zones: small boxes along it are looked at.
 *
 * @param {DrawnLabel} label
 * @param {Spot} spot
 * @param {Scene} scene
 */
function costOfTurned({ size }, spot, { front, ways, areas }) {
  const turn = ((spot.angle ?? 0) * Math.PI) / 180;
  const count = Math.ceil(size.width / size.height);
  const part = { width: size.width / count, height: size.height };
  const boxes = Array.from({ length: count }, (_, index) => {
    const along = (index + 0.5) * part.width - size.width / 2;
    const at = { ...spot, x: spot.x + along * Math.cos(turn), y: spot.y + along * Math.sin(turn) };
    return grow(boxAround(at, part), 1);
  });
  const isOnZone = (/** @type {Box} */ box) =>
    areas.some((area) => overlap(box, area.box) && shareInside(box, area.rings) > 0);
  if (boxes.some((box) => countInside(box, front) > 0 || isOnZone(box))) {
    return Infinity;
  }
  return boxes.reduce((sum, box) => sum + 0.6 * countInside(box, ways), 0);
}

/**
 * The price of a zone's name: none well inside its own zone, little just outside of it, much across an outline or so close to
 * another zone that it could be read as that one's; away from its own zone, or on another, it never stands.
 *
 * @param {number} zone
 * @param {Box} box
 * @param {Scene} scene
 */
function costAmongZones(zone, box, { areas, isInsideOnly }) {
  const own = areas[zone] ? shareOf(areas[zone], box) : 0;
  if ((own < 1 && isInsideOnly(zone)) || (own === 0 && areas[zone] && !isMet(areas[zone], grow(box, 12)))) {
    return Infinity;
  }
  const reach = own > 0 ? box : grow(box, 8);
  const others = areas.reduce((sum, area, index) => sum + (index === zone ? 0 : shareOf(area, reach)), 0);
  if (others > (own > 0.55 ? 0.3 : own > 0 ? 0 : 0.04)) {
    return Infinity;
  }
  const by = own > 0 ? 14 : 3; // a name that touches its zone with a corner has to be far from others
  if (own < 0.2 && areas.some((area, index) => index !== zone && isNearer(box, area, areas[zone], by))) {
    return Infinity;
  }
  return own > 0 ? 9 * (1 - own) + 12 * others : 40 * others;
}

/** Whether a label hides an area, which is small. @param {Area} area @param {Box} box */
function isHidden(area, box) {
  const { left, top, right, bottom } = area.box;
  const across = Math.max(0, Math.min(right, box.right) - Math.max(left, box.left));
  const down = Math.max(0, Math.min(bottom, box.bottom) - Math.max(top, box.top));
  return across * down > MOST_HIDDEN * (right - left) * (bottom - top);
}

/**
 * Whether a label that stands outside reads as the name of one area rather than of another, being hardly farther from it.
 *
 * @param {Box} box
 * @param {Area} area
 * @param {Area} than
 * @param {number} by so many pixels nearer is clear
 */
function isNearer(box, area, than, by) {
  return than && overlap(grow(box, 40), area.box) && gapTo(box, area.edge) < gapTo(box, than.edge) + by;
}

/**
 * The cheapest free spot of a label, or null.
 *
 * @param {L.Map} map
 * @param {Label & DrawnLabel} label
 * @param {Scene} scene
 * @returns {Spot | null}
 */
function findSpot(map, label, scene) {
  const dot = label.dot && dotBox(map, label.dot);
  if (dot && (!isInside(dot, scene.frame) || scene.taken.some((box) => overlap(dot, box)))) {
    return null;
  }
  /** @type {Spot | null} */
  let best = null;
  const spots = label.spots(map, label.size).sort((a, b) => a.cost - b.cost); // the sooner a cheap one, the fewer are judged
  for (const spot of spots) {
    const box = grow(boxAround(spot, label.size), LABEL_GAP);
    const isDear = (best && spot.cost >= best.cost) || spot.cost > label.maxCost;
    if (isDear || !isInside(box, scene.frame) || scene.taken.some((other) => overlap(box, other))) {
      continue;
    }
    const cost = spot.cost + (label.isClear ? costOfTurned(label, spot, scene) : costOfCover(label, spot, box, scene));
    if (cost <= label.maxCost && (!best || cost < best.cost)) {
      best = { ...spot, cost };
    }
  }
  return best;
}

/** @param {L.Map} map @param {LatLng} position @returns {Box} */
function dotBox(map, position) {
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
function showLabel(map, label, spot, scene) {
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
function createCanvas(map) {
  const canvas = appendSvg(
    find(".leaflet-labels-pane", HTMLElement, map.getContainer()),
    "svg",
    "labels leaflet-zoom-hide",
  );
  canvas.setAttribute("aria-hidden", "true"); // the panel says all of it in words
  return canvas;
}

/** Lay the drawing over the visible part of the map. @param {L.Map} map @param {SVGElement} canvas */
function moveCanvas(map, canvas) {
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
function* writeLabels(canvas, labels) {
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
