/**
 * The page of one scenario: what the map's own script calls, `geo.layer(kind)` for each layer, then `geo.start(map)`.
 */

import { createPage } from "./scenario.js";

const page = createPage();

/** Build a layer. */
export const { layer } = page;

/**
 * Make the page usable at once, with its picture for a map; then draw the map, and show it when all of it stands.
 *
 * @param {L.Map} map
 */
export function start(map) {
  page.start(map);
}
