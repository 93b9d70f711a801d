/** What it costs a label to stand somewhere: what it would cover there, and which zone it would be read as the name of. */

import { boxAround, countInside, gapTo, grow, isWithin, overlap, shareInside } from "./boxes.js";

/** @import { Area, Box, Pair, Spot } from "./boxes.js" */
/** @import { DrawnLabel } from "./lettering.js" */
/** @import { Label } from "./names.js" */

/** So much of its zone, from 0 to 1, may a name hide at most. */
const MOST_HIDDEN = 0.5;

/** What it costs a zone's name to stand outside of it, whichever way the spot was found. */
const OUTSIDE_COST = 4;

/** What it costs a number to stand on a zone that is hardly larger, and that it would hide. */
const TIGHT_COST = 6;

/**
 * @typedef {Object} Scene  what labels must keep clear of, and what has been placed
 * @property {Box} frame
 * @property {Box[]} taken
 * @property {L.Point[]} front
 * @property {L.Point[]} ways
 * @property {Area[]} areas
 * @property {Pair[][]} sketch
 * @property {(zone: number) => boolean} isInsideOnly
 * @property {Box[]} words  the labels among what is taken, without plates
 * @property {Box[]} written  where names of zones stand that have their distance
 * @property {Set<number>} named  the zones that have their name or number
 * @property {L.Point[]} leaders  points every few pixels along the lines that lead to zones
 */

/**
 * What it costs to stand in a box: covering the front or a leader is dear, distance lines cheap; a zone's name belongs to its
 * zone, a town's name rather crosses no outline, and neither plates nor what else names the ground stand on a zone.
 *
 * @param {Label} label
 * @param {Spot} spot
 * @param {Box} box
 * @param {Scene} scene
 */
export function costOfCover(label, spot, box, scene) {
  const onFront = (label.frontCost ?? 1.5) * countInside(box, scene.front) + 2 * countInside(box, scene.leaders);
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
  return isHiding ? Infinity : costAmongZones(label, label.zone, spot, box, scene);
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
  return 3 * onOthers.length + 8 * countNear(line, front) + 1.5 * countNear(line, ways);
}

/** How many points of a line come close to others. @param {L.Point[]} line @param {L.Point[]} points */
function countNear(line, points) {
  return line.filter((point) => countInside(boxAtPoint(point, 4), points) > 0).length;
}

/**
 * Points every few pixels from the edge of a box to a point; above and below it from its middle half, where lines of any
 * length have words.
 *
 * @param {Box} box
 * @param {L.Point} to
 * @returns {L.Point[]}
 */
export function leaderPoints({ left, top, right, bottom }, to) {
  const inset = to.y < top || to.y > bottom ? (right - left) / 4 : 0;
  const from = L.point(Math.min(Math.max(to.x, left + inset), right - inset), Math.min(Math.max(to.y, top), bottom));
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
 * Whether an area, or the ring around a tiny one, reaches into a box.
 *
 * @param {Area} area
 * @param {Box} part
 */
function isMet(area, part) {
  return countInside(grow(part, area.ring), [area.at]) > 0 || shareOf(area, part) > 0;
}

/**
 * The price of a turned text that has to be clear of front and zones: small boxes along it are looked at.
 *
 * @param {DrawnLabel} label
 * @param {Spot} spot
 * @param {Scene} scene
 */
export function costOfTurned({ size }, spot, { front, ways, areas }) {
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
 * another zone that it could be read as that one's; away from its own zone, or on another, it never stands. A number
 * or a code may stand on a zone around its own.
 *
 * @param {Label} label
 * @param {number} zone
 * @param {Spot} spot
 * @param {Box} box
 * @param {Scene} scene
 */
function costAmongZones(label, zone, spot, box, { areas, isInsideOnly }) {
  const own = areas[zone] ? shareOf(areas[zone], box) : 0;
  if ((own < 1 && isInsideOnly(zone)) || (own === 0 && areas[zone] && !isMet(areas[zone], grow(box, 12)))) {
    return Infinity;
  }
  const reach = own > 0 ? box : grow(box, 8);
  const isAround = (/** @type {Area} */ { rings }) =>
    isSign(label) && own > 0 && isWithin(rings, [areas[zone].at.y, areas[zone].at.x]);
  const shares = areas.map((area, index) => (index === zone ? 0 : shareOf(area, reach)));
  const others = shares.reduce((sum, share, index) => sum + (share && isAround(areas[index]) ? 0 : share), 0);
  if (others > (own > 0.55 ? 0.3 : own > 0 ? 0 : 0.04)) {
    return Infinity;
  }
  const by = own > 0 ? 14 : 3; // a name that touches its zone with a corner has to be far from others
  if (own < 0.2 && areas.some((area, index) => index !== zone && isNearer(box, area, areas[zone], by))) {
    return Infinity;
  }
  return own > 0
    ? costInside(label, areas[zone], own, box) + 12 * others
    : 40 * others + Math.max(0, OUTSIDE_COST - spot.cost);
}

/** Whether a label is as short as a number. @param {Label} label */
function isSign(label) {
  return label.isNumber || label.isCode;
}

/**
 * The price of standing on its own zone: across its outline names are dear, numbers less so, but for one that hides its zone.
 *
 * @param {Label} label
 * @param {Area} area
 * @param {number} own how much of the box lies in the zone, from 0 to 1
 * @param {Box} box
 */
function costInside(label, area, own, box) {
  if (!isSign(label)) {
    return 9 * (1 - own);
  }
  const { left, top, right, bottom } = area.box;
  const isTight = Math.min(right - left, bottom - top) < 0.8 * (box.bottom - box.top);
  return 4 * (1 - own) + (isTight ? TIGHT_COST : 0);
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
