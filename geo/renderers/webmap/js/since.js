/** What the day shown is compared with: the line of an earlier day, and the ground that changed sides since. */

import { find } from "./elements.js";
import { look } from "./layers.js";
import { appendSvg } from "./svg.js";

/** @import { LatLng } from "./data.js" */

/** @typedef {{line: LatLng[][], ground: LatLng[][]}} Drawn  a day's line, and the rings around the ground beyond it */

/** The line of the earlier day, which may be another one later. */
export function buildEarlierLine() {
  return L.layerGroup(
    [look("casing", "front-casing"), look("front", "front")].map((options) => L.polyline([], options)),
  );
}

/**
 * @param {L.Map} map
 * @param {L.LayerGroup} earlierLine as `buildEarlierLine` gives it
 * @returns {(now: Drawn, then: Drawn, keys: string[]) => void} draws what is between two days; the keys say what the
 *   earlier line is, and what the ground gained and lost is
 */
export function createSince(map, earlierLine) {
  const [gained, lost] = [createPart(map, "gained"), createPart(map, "lost")];
  return (now, then, keys) => {
    earlierLine.eachLayer((line) => line instanceof L.Polyline && line.setLatLngs(then.line));
    // Without a far side on either day nothing is known of it, which must not look like all of the ground.
    const isKnown = hasGround(now) && hasGround(then);
    const either = isKnown ? [...now.ground, ...then.ground] : [];
    gained(either, now.ground);
    lost(either, then.ground);
    ["earlier", "gained", "lost"].forEach((name, index) => {
      const key = find(`#key-${name}`, HTMLElement);
      key.hidden = name !== "earlier" && !isKnown;
      find("span", HTMLElement, key).textContent = keys[index];
    });
  };
}

/** @param {Drawn} day */
function hasGround({ ground: [first] }) {
  return Boolean(first?.length);
}

/**
 * The part of the ground that lies beyond one of two lines only: by even and odd, rings of both leave out what both
 * have in common, and a clip leaves out what lies beyond the other line.
 *
 * @param {L.Map} map
 * @param {"gained" | "lost"} name
 * @returns {(either: LatLng[][], own: LatLng[][]) => void}
 */
function createPart(map, name) {
  const shown = { ...look("changed", name), stroke: false, smoothFactor: 0 }; // one edge is one in both
  const [part, within] = [shown, { ...shown, className: "within" }].map((each) => L.polygon([], each).addTo(map));
  const path = within.getElement();
  if (path?.parentElement) {
    const clip = appendSvg(path.parentElement, "clipPath", "");
    clip.id = `within-${name}`;
    clip.append(path);
  }
  return (either, own) => {
    part.setLatLngs(either);
    within.setLatLngs(own);
  };
}
