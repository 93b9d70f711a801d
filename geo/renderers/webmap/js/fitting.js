/**
 * The closest view in which a subject, such as zones and front, lies clear of everything that stands over the map.
 *
 * @typedef {{left: number, right: number, top: number, bottom: number}} Room  pixels kept free at the map's edges
 * @typedef {{bounds: L.LatLngBounds, lines: LatLng[][], mostZoom?: number}} Subject  what is to be seen, and how close at most
 * @typedef {{zoom: number, centre: L.LatLng, hidden: number, isBeyond: boolean}} View  `hidden` counts points that something
 *   stands over; `isBeyond`: it may show ground that is not mapped
 */

import { obstacleBoxes } from "./boxes.js";
import { greatCircle } from "./greatcircle.js";
import { nearestZones } from "./nearest.js";

/** @import { Box } from "./boxes.js" */
/** @import { LatLng, MapData, Zone } from "./data.js" */

/** Pixels between the subject and what stands over the map. */
const CLEAR = 8;

/** So many points of zones, front and ways are looked at, about: enough that none slips between two. */
const SAMPLES = 600;

/** So much zoom may it cost to show nothing but mapped ground. */
const MOST_FOR_GROUND = 0.7;

/** Where the subject may stand in the room that is left to it: in the middle, or towards either side. */
const PLACES = [0.5, 0, 1];

/** Zones, front and the shortest ways. @param {MapData} data @returns {Subject} */
export function subjectOf({ view, zones, front }) {
  const first = nearestZones(zones);
  const ways = zones.flatMap((zone) => (first.has(zone.index) ? wayOf(zone) : []));
  const lines = [...zones.flatMap(({ shape }) => shape.flat(1)), ...front.lines, ...front.disputed, ...ways];
  return { bounds: view, lines };
}

/** A zone and its way to the front. @param {Zone} zone @returns {Subject} */
export function subjectOfZone(zone) {
  const lines = [...zone.shape.flat(1), ...wayOf(zone)];
  return { bounds: L.latLngBounds(lines.flat(1)), lines, mostZoom: 8 };
}

/** @param {Zone} zone @returns {LatLng[][]} none where none is drawn */
function wayOf({ nearest }) {
  return nearest ? [greatCircle(nearest.from, nearest.to)] : [];
}

/**
 * The view keeps to what is mapped unless the subject, at its rim, could be seen from afar only.
 *
 * @param {L.Map} map
 * @param {Subject} subject
 * @param {{mapped: L.LatLngBounds, extent: L.LatLngBounds}} data  what the reference layers cover, and how far one can go
 * @returns {View}
 */
export function findView(map, subject, { mapped, extent }) {
  const kept = findWithin(map, subject, mapped);
  if (kept.hidden === 0 && kept.zoom > kept.closest - MOST_FOR_GROUND) {
    return { ...kept, isBeyond: false };
  }
  const free = findWithin(map, subject, extent);
  const isBetter = free.hidden < kept.hidden || (free.hidden === kept.hidden && free.zoom > kept.zoom);
  return isBetter ? { ...free, isBeyond: true } : { ...kept, isBeyond: false };
}

/**
 * @param {L.Map} map
 * @param {Subject} subject
 * @param {L.LatLngBounds} extent  where the view stays
 * @returns {{zoom: number, centre: L.LatLng, hidden: number, closest: number}} `closest` is the zoom were nothing over the map
 */
function findWithin(map, { bounds, lines, mostZoom = map.getMaxZoom() }, extent) {
  const size = map.getSize();
  const boxes = obstacleBoxes(map);
  const subject = worldBox(map, bounds);
  const points = sampleLines(map, lines, subject);
  const limits = worldBox(map, extent);
  /** @type {{zoom: number, room: Room}[]} */
  const rooms = listRooms(boxes, size).map((room) => ({
    zoom: Math.min(mostZoom, zoomFor(subject, size, room)),
    room,
  }));
  rooms.sort((a, b) => b.zoom - a.zoom);
  const closest = rooms[0].zoom;
  /** @type {ReturnType<typeof findWithin> | null} */
  let best = null;
  for (const { zoom, room } of rooms) {
    for (const centre of listCentres(subject, size, room, zoom, limits)) {
      const hidden = countHidden(points, boxes, size, centre, zoom);
      if (!best || hidden < best.hidden) {
        best = { zoom, centre: map.unproject(centre, 0), hidden, closest };
      }
      if (hidden === 0) {
        return best;
      }
    }
  }
  return best ?? { zoom: map.getBoundsZoom(bounds), centre: bounds.getCenter(), hidden: 0, closest };
}

/**
 * Every choice of what to keep clear of, and along which edge.
 *
 * @param {Box[]} boxes
 * @param {L.Point} size
 * @returns {Room[]}
 */
function listRooms(boxes, size) {
  const least = size.x < 600 || size.y < 420 ? 9 : 28; // at the map's edges, whatever stands there
  const isLeft = (/** @type {Box} */ box) => box.left + box.right < size.x;
  const isTop = (/** @type {Box} */ box) => box.top + box.bottom < size.y;
  /** @type {(values: number[], most: number) => number[]} */
  const choices = (values, most) =>
    [...new Set([least, ...values.map((value) => Math.max(least, Math.ceil(value) + CLEAR))])].filter(
      (value) => value < most / 2,
    );
  const lefts = choices(
    boxes.filter(isLeft).map((box) => box.right),
    size.x,
  );
  const rights = choices(
    boxes.filter((box) => !isLeft(box)).map((box) => size.x - box.left),
    size.x,
  );
  const tops = choices(
    boxes.filter(isTop).map((box) => box.bottom),
    size.y,
  );
  const bottoms = choices(
    boxes.filter((box) => !isTop(box)).map((box) => size.y - box.top),
    size.y,
  );
  return lefts.flatMap((left) =>
    rights.flatMap((right) => tops.flatMap((top) => bottoms.map((bottom) => ({ left, right, top, bottom })))),
  );
}

/**
 * @param {Box} subject in pixels of zoom 0, as all world boxes here
 * @param {L.Point} size
 * @param {Room} room
 */
function zoomFor(subject, size, { left, right, top, bottom }) {
  const across = (size.x - left - right) / (subject.right - subject.left);
  const down = (size.y - top - bottom) / (subject.bottom - subject.top);
  return Math.log2(Math.max(1, Math.min(across, down)));
}

/**
 * The centres of the view that put the subject into its room, the middle of it first.
 *
 * @param {Box} subject
 * @param {L.Point} size
 * @param {Room} room
 * @param {number} zoom
 * @param {Box} limits of the reference layers, beyond which there is nothing to see
 * @returns {L.Point[]}
 */
function listCentres(subject, size, room, zoom, limits) {
  const scale = 2 ** zoom;
  const across = size.x - room.left - room.right - scale * (subject.right - subject.left);
  const down = size.y - room.top - room.bottom - scale * (subject.bottom - subject.top);
  const xs = (across > 1 ? PLACES : [0.5]).map(
    (part) => subject.left + (size.x / 2 - room.left - part * across) / scale,
  );
  const ys = (down > 1 ? PLACES : [0.5]).map((part) => subject.top + (size.y / 2 - room.top - part * down) / scale);
  const [halfX, halfY] = [size.x / 2 / scale, size.y / 2 / scale];
  return ys.flatMap((y) =>
    xs.map((x) => L.point(within(x, limits.left, limits.right, halfX), within(y, limits.top, limits.bottom, halfY))),
  );
}

/** A centre whose view stays within limits, or in their middle where it is larger. @param {number[]} numbers */
function within(...[centre, low, high, half]) {
  return high - low < 2 * half ? (low + high) / 2 : Math.min(Math.max(centre, low + half), high - half);
}

/**
 * How many points would lie under a box or out of view.
 *
 * @param {L.Point[]} points
 * @param {Box[]} boxes
 * @param {L.Point} size
 * @param {L.Point} centre
 * @param {number} zoom
 */
function countHidden(points, boxes, size, centre, zoom) {
  const scale = 2 ** zoom;
  return points.filter((point) => {
    const x = (point.x - centre.x) * scale + size.x / 2;
    const y = (point.y - centre.y) * scale + size.y / 2;
    const isOut = x < 0 || y < 0 || x > size.x || y > size.y;
    return isOut || boxes.some(({ left, right, top, bottom }) => x > left && x < right && y > top && y < bottom);
  }).length;
}

/** @param {L.Map} map @param {L.LatLngBounds} bounds @returns {Box} */
function worldBox(map, bounds) {
  const [from, to] = [map.project(bounds.getNorthWest(), 0), map.project(bounds.getSouthEast(), 0)];
  return { left: from.x, top: from.y, right: to.x, bottom: to.y };
}

/**
 * @param {L.Map} map
 * @param {LatLng[][]} lines
 * @param {Box} subject
 * @returns {L.Point[]}
 */
function sampleLines(map, lines, { left, right, top, bottom }) {
  const step = Math.max(right - left, bottom - top) / 120;
  const points = lines.flatMap((line) =>
    sampleLine(
      line.map((position) => map.project(position, 0)),
      step,
    ),
  );
  const every = Math.max(1, Math.floor(points.length / SAMPLES));
  return points.filter((_, index) => index % every === 0);
}

/** Points along a line, about a step apart, its ends among them. @param {L.Point[]} line @param {number} step */
function sampleLine(line, step) {
  const found = [line[0]];
  for (const to of line.slice(1)) {
    const from = found[found.length - 1];
    const count = Math.floor(from.distanceTo(to) / step);
    for (let index = 1; index <= count; index += 1) {
      found.push(from.add(to.subtract(from).multiplyBy(index / count)));
    }
  }
  return [...found, line[line.length - 1]];
}
