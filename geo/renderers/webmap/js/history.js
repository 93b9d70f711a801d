/** Distances through time: what the map's own script calls, `geo.layer(kind)` and `geo.start(map)`. */

import { createChart } from "./chart.js";
import { readPageData } from "./data.js";
import { greatCircle } from "./greatcircle.js";
import { look } from "./layers.js";
import { createLines, sumUp } from "./line.js";
import { showAge } from "./panel.js";
import { createPlayer } from "./player.js";
import { REFERENCE_LAYERS, collectLayers, endStart, startMap } from "./start.js";
import { formatKm, group } from "./words.js";
import { buildZones } from "./zones.js";

const data = readPageData();
const builders = { ...REFERENCE_LAYERS, zones: buildZones };
const drawn = collectLayers((kind) => builders[kind](data));

/** Build a layer. */
export const { layer } = drawn;

/** @param {L.Map} map */
export function start(map) {
  const drawLabels = startMap(map, data, (kind) => kind in drawn.layers && map.hasLayer(drawn.layers[kind]));
  startHistory(map);
  endStart(drawLabels);
}

/**
 * @typedef {{values: number[], way: LatLng[]}} Figures  kilometres, the nearest first; the shortest way, zone to front
 * @typedef {{name: string, daily: Figures[]}} ToldZone
 */

/** Read and unpack the JSON of the history. */
function readHistory() {
  const raw = JSON.parse(document.getElementById("page-data").textContent).history;
  return {
    ...raw,
    times: raw.days.map((day) => Date.parse(day)),
    lineOf: createLines(raw.splices, raw.scale),
    zones: raw.zones.map((zone) => unpackFigures(zone, raw.states)),
  };
}

/** @returns {ToldZone} */
function unpackFigures(zone, states) {
  const figures = zone.figures.map((values) => sumUp(values, 100));
  const [fromLon, fromLat, toLon, toLat] = zone.ways.map((values) => sumUp(values, 1000));
  const ofState = figures[0].map((_, i) => ({
    values: figures.map((daily) => daily[i]),
    way: [[fromLat[i], fromLon[i]], [toLat[i], toLon[i]]],
  }));
  return { name: zone.name, daily: states.map((state) => ofState[state]) };
}

/** @param {L.Map} map */
function startHistory(map) {
  const told = readHistory();
  const drawFront = createFront(map, told);
  const drawWays = createWays(map, told);
  let moveCursor = () => {};
  const show = (day) => {
    drawFront(day);
    drawWays(day);
    writeDay(told, day);
    writeFigures(told, day);
    moveCursor(day);
  };
  const goTo = createPlayer(told.days.length, show);
  moveCursor = createChart(document.getElementById("chart"), told, goTo);
  document.getElementById("precision").textContent = `about ${Math.round(111000 / told.scale / 10) * 10} m`;
  show(told.days.length - 1);
  document.documentElement.dataset.history = "ready";
}

/** The line of the day, drawn anew only when it is another one. */
function createFront(map, told) {
  const lines = ["front-now-casing", "front-now"].map((name) => L.polyline([], look("now", name)).addTo(map));
  let shown = -1;
  return (day) => {
    if (told.states[day] === shown) {
      return;
    }
    shown = told.states[day];
    const pieces = told.lineOf(shown);
    lines.forEach((line) => line.setLatLngs(pieces));
  };
}

/** The shortest way of each zone to the front of the day. */
function createWays(map, told) {
  const ways = told.zones.map(() => L.polyline([], look("nearest", "nearest")).addTo(map));
  return (day) => ways.forEach((way, index) => way.setLatLngs(greatCircle(...told.zones[index].daily[day].way)));
}

function writeDay(told, day) {
  const time = document.getElementById("day");
  time.textContent = told.dates[day];
  time.dateTime = told.days[day];
  document.getElementById("slider").setAttribute("aria-valuetext", told.dates[day]);
  const source = told.sources.filter(({ day: first }) => first <= day).pop();
  document.getElementById("kind").textContent = source.kind.charAt(0).toUpperCase() + source.kind.slice(1);
  const age = document.getElementById("age");
  age.dataset.asOf = told.days[day];
  age.textContent = "";
  showAge(age, new Date());
}

/** Figures and their change since the first day of the same source: across sources it would mean nothing. */
function writeFigures(told, day) {
  const start = told.sources.filter(({ day: first }) => first <= day).pop().day;
  document.querySelectorAll("#figures tr").forEach((row, index) => {
    const { daily } = told.zones[index];
    const texts = daily[day].values.flatMap((km, figure) => [
      formatKm(km),
      formatChange(km - daily[start].values[figure]),
    ]);
    row.querySelectorAll("td").forEach((cell, column) => {
      cell.textContent = texts[column];
    });
  });
}

/** As the program writes a change: to 1 km, with its sign. */
function formatChange(km) {
  const whole = Math.round(km);
  return `${whole > 0 ? "+" : whole < 0 ? "−" : ""}${group(Math.abs(whole))} km`;
}
