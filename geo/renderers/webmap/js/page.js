/**
 * The page of one scenario: what the map's own script calls, `geo.layer(kind)` for each layer, then `geo.start(map)`.
 */

import { createPage } from "./scenario.js";

const page = createPage();

/** Build a layer. */
export const { layer } = page;

/** @param {L.Map} map */
export function start(map) {
  page.start(map);
}
