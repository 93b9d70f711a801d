/**
 * The outline being sketched, as a value with a past: each change makes a new one, and undo goes back to the one before.
 *
 * @typedef {{corners: LatLng[], isClosed: boolean, chosen: number}} Outline  chosen: a corner's index, -1 for none
 *
 * @typedef {Object} OutlineModel
 * @property {() => Outline} now
 * @property {(corner: LatLng) => void} add          at the end, while the outline is open
 * @property {(index: number, corner: LatLng) => void} insert  before the corner of this index
 * @property {(index: number, corner: LatLng) => void} move
 * @property {(index: number) => void} choose        for what is done to one corner
 * @property {() => void} remember                   the state to come back to, before a corner is dragged
 * @property {(index: number) => void} remove
 * @property {() => void} close
 * @property {() => void} clear
 * @property {() => void} undo
 * @property {() => boolean} hasPast
 */

/** @import { LatLng } from "./data.js" */

/** More corners than anyone sets by hand, and few enough to stay fast. */
const MOST_CORNERS = 200;

/** @type {Outline} */
const EMPTY_OUTLINE = { corners: [], isClosed: false, chosen: -1 };

/** @param {() => void} onChange @returns {OutlineModel} */
export function createOutlineModel(onChange) {
  let outline = EMPTY_OUTLINE;
  /** @type {Outline[]} */
  let past = [];
  const remember = () => {
    past = [...past.slice(-99), outline];
  };
  const set = (/** @type {Outline} */ next) => {
    outline = next;
    onChange();
  };
  const change = (/** @type {Outline} */ next) => {
    remember();
    set(next);
  };
  /** @type {(corners: LatLng[]) => Outline} */
  const withCorners = (corners) => ({ corners, isClosed: outline.isClosed && corners.length >= 3, chosen: -1 });
  /** @type {(index: number, corner: LatLng) => void} */
  const insert = (index, corner) => {
    if (outline.corners.length < MOST_CORNERS) {
      change(withCorners([...outline.corners.slice(0, index), corner, ...outline.corners.slice(index)]));
    }
  };
  return {
    now: () => outline,
    add: (corner) => insert(outline.corners.length, corner),
    insert,
    move: (index, corner) =>
      set({ ...outline, corners: outline.corners.map((old, i) => (i === index ? corner : old)) }),
    choose: (index) => set({ ...outline, chosen: index }),
    remember,
    remove: (index) => change(withCorners(outline.corners.filter((_, i) => i !== index))),
    close: () => outline.corners.length >= 3 && change({ ...outline, isClosed: true }),
    clear: () => change(EMPTY_OUTLINE),
    undo: () => {
      const before = past.pop();
      if (before) {
        set(before);
      }
    },
    hasPast: () => past.length > 0,
  };
}
