/**
 * The chart beside the map: one line for each zone, broken where the source changes or days are missing.
 *
 * @typedef {(value: number) => number} Scale  from a time or a distance to a place on the chart
 */

import { appendSvg, setAll } from "./svg.js";

/** @import { HistoryData, ZoneDays } from "./history.js" */

const CHART = { left: 34, right: 362, top: 16, bottom: 204 };

/**
 * Draw the chart and return what moves its cursor.
 *
 * @param {SVGSVGElement} svg
 * @param {HistoryData} history
 * @param {(day: number) => void} goTo called with the day that was clicked
 * @returns {(day: number) => void}
 */
export function createChart(svg, history, goTo) {
  const { times, zones, colours } = history;
  const spread = times[times.length - 1] - times[0] || 1;
  /** @type {Scale} */
  const x = (time) => CHART.left + ((time - times[0]) / spread) * (CHART.right - CHART.left);
  const y = drawAxis(svg, zones);
  drawDates(svg, history, x);
  history.sources.slice(1).forEach(({ day, text }) => drawChange(svg, x(times[day]), text));
  zones.forEach((zone, index) => drawSeries(svg, zone, index, history, { x, y }));
  history.jumps.forEach((day, index) => drawJump(svg, x(times[day]), String(index + 1)));
  const cursor = appendSvg(svg, "line", "cursor");
  const dots = zones.map((_, index) => appendSvg(svg, "circle", `series series-${index % colours}`));
  svg.addEventListener("click", (event) => goTo(nearestDay(svg, event, times, x)));
  return (day) => {
    const at = x(times[day]);
    setAll(cursor, { x1: at, x2: at, y1: CHART.top, y2: CHART.bottom });
    dots.forEach((dot, index) => setAll(dot, { cx: at, cy: y(zones[index].daily[day].values[0]), r: 3 }));
  };
}

/** Lines at round kilometres with their numbers. @param {SVGElement} svg @param {ZoneDays[]} zones @returns {Scale} */
function drawAxis(svg, zones) {
  const all = zones.flatMap((zone) => zone.daily.flatMap(({ intervals: [{ low, high }] }) => [low, high]));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const step = niceStep(Math.max(high - low, 10) / 4);
  const [from, to] = [Math.floor(low / step) * step, Math.ceil((high + 1e-9) / step) * step];
  /** @type {Scale} */
  const y = (km) => CHART.bottom - ((km - from) / Math.max(to - from, step)) * (CHART.bottom - CHART.top);
  for (let km = from; km <= to; km += step) {
    setAll(appendSvg(svg, "line", "grid"), { x1: CHART.left, x2: CHART.right, y1: y(km), y2: y(km) });
    drawText(svg, CHART.left - 5, y(km) + 3.5, String(km), "tick tick-y");
  }
  return y;
}

/** The next larger of 1, 2, 5 times a power of ten. @param {number} wanted */
function niceStep(wanted) {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return [1, 2, 5].map((factor) => factor * power).find((step) => step >= wanted) ?? 10 * power;
}

/**
 * First and last day, and the first of January or of a month between them.
 *
 * @param {SVGElement} svg
 * @param {HistoryData} history
 * @param {Scale} x
 */
function drawDates(svg, { times, dates }, x) {
  drawText(svg, CHART.left, CHART.bottom + 16, dates[0], "tick tick-first");
  drawText(svg, CHART.right, CHART.bottom + 16, dates[dates.length - 1], "tick tick-last");
  const months = (times[times.length - 1] - times[0]) / 2.63e9;
  const every = months > 30 ? 12 : months > 10 ? 3 : 1;
  const day = new Date(times[0]);
  for (let month = day.getUTCMonth() + 1; ; month += 1) {
    const time = Date.UTC(day.getUTCFullYear(), month, 1);
    if (time > times[times.length - 1]) {
      return;
    }
    if (new Date(time).getUTCMonth() % every === 0) {
      setAll(appendSvg(svg, "line", "grid-date"), { x1: x(time), x2: x(time), y1: CHART.bottom, y2: CHART.bottom + 4 });
    }
  }
}

/** A jump is marked by its number in the list below the chart. @param {SVGElement} svg @param {number} at @param {string} number */
function drawJump(svg, at, number) {
  setAll(appendSvg(svg, "line", "jump"), { x1: at, x2: at, y1: CHART.top, y2: CHART.bottom });
  setAll(appendSvg(svg, "circle", "jump-number"), { cx: at, cy: CHART.top - 3, r: 7.5 });
  drawText(svg, at, CHART.top + 0.6, number, "tick tick-jump");
}

/**
 * A change of source is marked and never drawn over.
 *
 * @param {SVGElement} svg
 * @param {number} at
 * @param {string} text
 */
function drawChange(svg, at, text) {
  setAll(appendSvg(svg, "line", "change-of-source"), { x1: at, x2: at, y1: CHART.top, y2: CHART.bottom });
  const isLate = at > (CHART.left + CHART.right) / 2;
  const label = drawText(
    svg,
    at + (isLate ? -3 : 3),
    CHART.top - 3,
    "other source",
    `tick ${isLate ? "tick-last" : "tick-first"}`,
  );
  const title = appendSvg(label, "title", "");
  title.textContent = text;
}

/**
 * @param {SVGElement} svg
 * @param {ZoneDays} zone
 * @param {number} index
 * @param {HistoryData} history
 * @param {{x: Scale, y: Scale}} scales
 */
function drawSeries(svg, zone, index, { times, breaks, colours }, { x, y }) {
  const cuts = [0, ...breaks, times.length];
  cuts.slice(1).forEach((stop, run) => {
    const [points, lows, highs] = [[], [], []].map(() => /** @type {string[]} */ ([]));
    for (let day = cuts[run]; day < stop; day += 1) {
      const { values, intervals } = zone.daily[day];
      const at = x(times[day]).toFixed(1);
      points.push(`${at},${y(values[0]).toFixed(1)}`);
      lows.unshift(`${at},${y(intervals[0].low).toFixed(1)}`);
      highs.push(`${at},${y(intervals[0].high).toFixed(1)}`);
    }
    const band = appendSvg(svg, "polygon", `series-band series-${index % colours}`);
    band.setAttribute("points", [...highs, ...lows].join(" "));
    const line = appendSvg(
      svg,
      "polyline",
      `series series-${index % colours}${index >= colours ? " series-dashed" : ""}`,
    );
    line.setAttribute("points", points.join(" "));
  });
}

/** @param {SVGElement} svg @param {number} x @param {number} y @param {string} text @param {string} className */
function drawText(svg, x, y, text, className) {
  const element = appendSvg(svg, "text", className);
  setAll(element, { x, y });
  element.textContent = text;
  return element;
}

/**
 * The day whose place on the chart is nearest to where it was clicked.
 *
 * @param {SVGSVGElement} svg
 * @param {MouseEvent} event
 * @param {number[]} times
 * @param {Scale} x
 */
function nearestDay(svg, event, times, x) {
  const frame = svg.getBoundingClientRect();
  const at = ((event.clientX - frame.left) / frame.width) * svg.viewBox.baseVal.width;
  return times.reduce((best, time, day) => (Math.abs(x(time) - at) < Math.abs(x(times[best]) - at) ? day : best), 0);
}
