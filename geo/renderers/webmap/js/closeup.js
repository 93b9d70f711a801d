/** A close-up of the zone that is selected, where the map shows but a ring around it: its shape, and how large it is. */

import { find } from "./elements.js";
import { roundScale } from "./scale.js";
import { appendSvg, setAll } from "./svg.js";
import { BOUND, shorten } from "./words.js";
import { isTiny } from "./zones.js";

/** @import { Zone } from "./data.js" */

/** The picture's size, and what is left free around the shape and below it for the scale, in pixels. */
const SIZE = { width: 132, height: 104, rim: 8, scale: 20 };

/** The length of the equator in pixels at zoom 0, and in kilometres. */
const [WORLD, EQUATOR_KM] = [256, 40075];

/** @param {L.Map} map @param {{zones: Zone[]}} data */
export function connectCloseup(map, { zones }) {
  const box = find("#closeup", HTMLElement);
  let selected = -1;
  const show = () => {
    const zone = zones[selected];
    box.hidden = !zone || !isTiny(map, zone);
    if (!box.hidden) {
      drawCloseup(map, find("svg", SVGSVGElement, box), zone);
      find("figcaption", HTMLElement, box).textContent = shorten(zone.name, 60);
    }
  };
  map.on("zoneselect", ({ index }) => {
    selected = index;
    show();
  });
  map.on("zoomend", show);
}

/** @param {L.Map} map @param {SVGSVGElement} svg @param {Zone} zone */
function drawCloseup(map, svg, { bounds, shape, candidate }) {
  const { width, height, rim, scale } = SIZE;
  const [from, to] = [map.project(bounds.getNorthWest(), 0), map.project(bounds.getSouthEast(), 0)];
  const [across, down] = [to.x - from.x, to.y - from.y];
  const perUnit = Math.min((width - 2 * rim) / across, (height - 2 * rim - scale) / down);
  const [left, top] = [(width - perUnit * across) / 2, (height - scale - perUnit * down) / 2];
  const rings = shape.flat(1).map((ring) =>
    ring.map((position) => {
      const { x, y } = map.project(position, 0);
      return `${(left + perUnit * (x - from.x)).toFixed(1)} ${(top + perUnit * (y - from.y)).toFixed(1)}`;
    }),
  );
  const kmPerPixel = (EQUATOR_KM * Math.cos((bounds.getCenter().lat * Math.PI) / 180)) / (WORLD * perUnit);
  const length = roundScale(kmPerPixel * (width / 2));
  const [start, y] = [rim, height - rim];
  setAll(svg, { viewBox: `0 0 ${width} ${height}`, width: String(width), height: String(height) });
  svg.replaceChildren();
  const path = appendSvg(svg, "path", candidate ? "zone zone-candidate" : "zone");
  path.setAttribute("d", rings.map((ring) => `M${ring.join("L")}Z`).join(""));
  const end = (start + length / kmPerPixel).toFixed(1);
  appendSvg(svg, "path", "closeup-scale").setAttribute("d", `M${start} ${y - 5}V${y}H${end}V${y - 5}`);
  const words = appendSvg(svg, "text", "");
  setAll(words, { x: String(Number(end) + 6), y: String(y) });
  words.textContent = `${length}${BOUND}km`;
}
