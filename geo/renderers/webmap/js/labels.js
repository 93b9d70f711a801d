/**
 * The label engine: draws as many names as fit, the important ones first, none over another, over a control or over the
 * map's edge. It starts afresh whenever the view, the size or the layers change.
 */

import {
  areaOnScreen,
  boxAround,
  countInside,
  grow,
  isInside,
  isWithin,
  obstacleBoxes,
  overlap,
  pairOnScreen,
  samplesInView,
} from "./boxes.js";
import { costOfCover, costOfTurned } from "./covering.js";
import { createCanvas, dotBox, LABEL_GAP, moveCanvas, showLabel, WORD_GAP, writeLabels } from "./lettering.js";
import { collectLabels } from "./names.js";
import { CROWD, nearestZones, zonesByDistance } from "./nearest.js";
import { doAll } from "./steps.js";
import { isTiny, RING_RADIUS } from "./zones.js";

/** @import { Box, Spot } from "./boxes.js" */
/** @import { Scene } from "./covering.js" */
/** @import { LatLng, MapData, Zone } from "./data.js" */
/** @import { DrawnLabel } from "./lettering.js" */
/** @import { Label } from "./names.js" */

/** Of more zones than these all are numbered where not every name has room: some of either would read as two kinds. */
const MOST_NAMES = 12;

/** Pixels between the number of a zone and the name of another. */
const NUMBER_GAP = 16;

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
      areas: isShown("zones")
        ? data.zones.map((zone) => areaOnScreen(map, zone, isTiny(map, zone) ? RING_RADIUS : 0))
        : [],
      sketch: [sketch.map((corner) => pairOnScreen(map, corner))],
      isInsideOnly: (zone) => isCrowd && zone !== selected,
      words: [],
      written: [],
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
        scene.written.push(...(label.hasFigure ? [boxAround(spot, label.size)] : []));
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
 * Whether a name would be read together with the next one in its row, or a number beside its zone as part of a name.
 *
 * @param {Label & DrawnLabel} label
 * @param {Spot} spot
 * @param {Scene} scene
 */
function isReadWithAnother(label, spot, { areas, words, written }) {
  const box = boxAround(spot, label.size);
  if (label.isPill || (label.isNumber && isWithin(areas[label.zone ?? 0]?.rings ?? [], [spot.y, spot.x]))) {
    return false;
  }
  return (
    words.some((other) => overlap(grow(box, WORD_GAP, 0), other)) ||
    (label.isNumber === true && written.some((other) => overlap(grow(box, NUMBER_GAP), other)))
  );
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
    if (isReadWithAnother(label, spot, scene)) {
      continue;
    }
    const covered = label.isClear ? costOfTurned(label, spot, scene) : costOfCover(label, spot, box, scene);
    const cost = spot.cost + covered + (label.costAt && covered < Infinity ? label.costAt(map, box) : 0);
    if (cost <= label.maxCost && (!best || cost < best.cost)) {
      best = { ...spot, cost };
    }
  }
  return best;
}
