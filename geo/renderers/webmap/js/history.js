/** Distances through time: what the map's own script calls, `geo.layer(kind)` and `geo.start(map)`. */

import { createChart } from "./chart.js";
import { readPageData, unpackMap } from "./data.js";
import { find, findAll } from "./elements.js";
import { greatCircle } from "./greatcircle.js";
import { formatRange } from "./intervals.js";
import { look } from "./layers.js";
import { createLines, sumUp } from "./line.js";
import { showAge } from "./panel.js";
import { createPlayer } from "./player.js";
import { buildEarlierLine, createSince } from "./since.js";
import { collectLayers, drawMap, frameMap, REFERENCE_LAYERS } from "./start.js";
import { followPrinter } from "./view.js";
import { BOUND, formatKm, group, unbind } from "./words.js";
import { buildZones } from "./zones.js";

/** @import { LatLng, MapJson } from "./data.js" */
/** @import { Interval } from "./intervals.js" */
/** @import { Splice } from "./line.js" */
/** @import { Drawn } from "./since.js" */
/** @import { BuildLayer } from "./start.js" */

/** @type {HistoryPageJson} */
const json = readPageData();
const data = unpackMap(json);
/** @type {Record<string, BuildLayer>} */
const builders = { ...REFERENCE_LAYERS, front: buildEarlierLine, zones: buildZones };
const drawn = collectLayers((kind) => builders[kind](data));

/** Build a layer. */
export const { layer } = drawn;

/** @param {L.Map} map */
export function start(map) {
  frameMap(map, data);
  const isShown = (/** @type {string} */ kind) => kind in drawn.layers && map.hasLayer(drawn.layers[kind]);
  drawMap(map, data, drawn, isShown, () => startHistory(map, unpackHistory(json.history)));
  const { classList } = document.documentElement;
  followPrinter(map, data, {
    lay: () => classList.add("is-on-paper"),
    clear: () => classList.remove("is-on-paper"),
  });
}

/**
 * @typedef {MapJson & {history: HistoryJson}} HistoryPageJson
 *
 * @typedef {Object} HistoryJson  as `historydata.py` writes it
 * @property {string[]} days      ISO dates
 * @property {string[]} dates     the same in words
 * @property {number[]} states    which of the different states each day shows
 * @property {number} scale
 * @property {Splice[][]} splices
 * @property {Splice[][]} grounds  rings around what lies beyond the front
 * @property {ZoneDaysJson[]} zones
 * @property {{day: number, text: string, kind: string, keys: string[]}[]} sources  the first day of each
 * @property {number} colours
 * @property {number[]} breaks
 * @property {number[]} jumps     days on which a distance jumped
 * @property {string} fromBeyond  what stands for a change to or from a day on which a zone lay wholly beyond the front
 *
 * @typedef {{name: string, figures: number[][], ends: number[][][], beyond: number[], ways: number[][]}} ZoneDaysJson  states
 *   in which all of it lies beyond the front are `beyond`
 * @typedef {{values: number[], intervals: Interval[], isBeyond: boolean, way: [LatLng, LatLng]}} Figures  kilometres, the
 *   nearest first, and between what they lie; the shortest way, zone to front
 * @typedef {{name: string, daily: Figures[]}} ZoneDays
 * @typedef {ReturnType<typeof unpackHistory>} HistoryData
 */

/** @param {HistoryJson} packed */
function unpackHistory(packed) {
  return {
    ...packed,
    times: packed.days.map((day) => Date.parse(day)),
    drawnOf: createDrawn(packed),
    earlierOf: createDrawn(packed), // has its own place in the splices, which are followed forwards
    zones: packed.zones.map((zone) => unpackFigures(zone, packed.states)),
  };
}

/** @param {HistoryJson} packed @returns {(state: number) => Drawn} */
function createDrawn({ splices, grounds, scale }) {
  const [lineOf, groundOf] = [createLines(splices, scale), createLines(grounds, scale)];
  return (state) => ({ line: lineOf(state), ground: groundOf(state) });
}

/** @param {ZoneDaysJson} zone @param {number[]} states @returns {ZoneDays} */
function unpackFigures(zone, states) {
  const figures = zone.figures.map((values) => sumUp(values, 100));
  const ends = zone.ends.map((pair) => pair.map((values) => sumUp(values, 100)));
  const [fromLon, fromLat, toLon, toLat] = zone.ways.map((values) => sumUp(values, 1000));
  /** @type {Figures[]} */
  const ofState = figures[0].map((_, i) => ({
    values: figures.map((daily) => daily[i]),
    intervals: ends.map(([low, high]) => ({ low: low[i], high: high[i] })),
    isBeyond: zone.beyond.includes(i),
    way: [
      [fromLat[i], fromLon[i]],
      [toLat[i], toLon[i]],
    ],
  }));
  return { name: zone.name, daily: states.map((state) => ofState[state]) };
}

/** @param {L.Map} map @param {HistoryData} history */
function startHistory(map, history) {
  const drawFront = createFront(map, history);
  const drawWays = createWays(map, history);
  let moveCursor = (/** @type {number} */ _day) => {};
  const show = (/** @type {number} */ day) => {
    drawFront(day);
    drawWays(day);
    writeDay(history, day);
    writeFigures(history, day);
    moveCursor(day);
  };
  const goTo = createPlayer(history.times, show);
  moveCursor = createChart(find("#chart", SVGSVGElement), history, goTo);
  show(history.days.length - 1);
  document.documentElement.dataset.history = "ready";
}

/**
 * The line of the day, the ground beyond it, and what changed since the first day of its source; drawn anew only when
 * they are others.
 *
 * @param {L.Map} map
 * @param {HistoryData} history
 */
function createFront(map, history) {
  const ground = L.polygon([], look("beyond", "beyond")).addTo(map);
  const lines = ["front-now-casing", "front-now"].map((name) => L.polyline([], look("now", name)).addTo(map));
  const showSince = createSince(map, drawn.layers.front);
  let shown = -1;
  return (/** @type {number} */ day) => {
    if (history.states[day] === shown) {
      return;
    }
    shown = history.states[day];
    const [now, source] = [history.drawnOf(shown), sourceOf(history, day)];
    lines.forEach((line) => line.setLatLngs(now.line));
    ground.setLatLngs(now.ground); // a ring inside another is a hole in it
    showSince(now, history.earlierOf(history.states[source.day]), source.keys);
  };
}

/** The shortest way of all to the front of the day. @param {L.Map} map @param {HistoryData} history */
function createWays(map, { zones }) {
  const way = L.polyline([], look("nearest", "nearest")).addTo(map);
  return (/** @type {number} */ day) => {
    const distances = zones.map(({ daily }) => daily[day].values[0]);
    const nearest = distances.indexOf(Math.min(...distances));
    way.setLatLngs(greatCircle(...zones[nearest].daily[day].way));
  };
}

/** @param {HistoryData} history @param {number} day */
function writeDay(history, day) {
  const time = find("#day", HTMLTimeElement);
  time.textContent = history.dates[day];
  time.dateTime = history.days[day];
  find("#slider", HTMLElement).setAttribute("aria-valuetext", history.dates[day]);
  const { kind } = sourceOf(history, day);
  find("#kind", HTMLElement).textContent = kind.charAt(0).toUpperCase() + kind.slice(1);
  const age = find("#age", HTMLElement);
  age.dataset.asOf = history.days[day];
  age.textContent = "";
  showAge(age, new Date());
}

/**
 * Figures and their change since the first day of the same source: across sources it would mean nothing.
 *
 * @param {HistoryData} history
 * @param {number} day
 */
function writeFigures(history, day) {
  findAll("#figures tr", HTMLTableRowElement).forEach((row, index) => {
    const { daily } = history.zones[index];
    const [now, start] = [daily[day], daily[sourceOf(history, day).day]];
    const cells = Array.from(row.querySelectorAll("td"));
    now.values.forEach((km, figure) => {
      const between = formatRange(km, now.intervals[figure]);
      const isOther = now.isBeyond || start.isBeyond; // another distance, and no change
      const change = isOther ? history.fromBeyond : formatChange(km - start.values[figure]);
      cells[2 * figure].firstChild?.replaceWith(`${formatKm(km)} `);
      find(".between", HTMLElement, cells[2 * figure]).textContent = unbind(between); // may break where cells are narrow
      cells[2 * figure + 1].textContent = change;
    });
  });
}

/** The source that a day's front is from. @param {HistoryData} history @param {number} day */
function sourceOf({ sources }, day) {
  return sources.findLast(({ day: first }) => first <= day) ?? sources[0];
}

/** As the program writes a change: to 1 km, with its sign. @param {number} km */
function formatChange(km) {
  const whole = Math.round(km);
  return `${whole > 0 ? "+" : whole < 0 ? "−" : ""}${group(Math.abs(whole))}${BOUND}km`;
}
