/** What a click, a tap or Enter on the map does: sets a corner while a zone is sketched, else pins a distance. */

import { connectCloseup } from "./closeup.js";
import { createCrosshair } from "./crosshair.js";
import { connectPanel } from "./panel.js";
import { createPins } from "./pins.js";
import { probe, speakProbe, zoneAt } from "./probe.js";
import { createReadout, followPointer } from "./readout.js";
import { createSelection } from "./selection.js";
import { createSketch } from "./sketch.js";
import { createWalk, speakZone } from "./walk.js";

/** @import { LatLng } from "./data.js" */
/** @import { SketchPage } from "./sketch.js" */

/**
 * @param {L.Map} map
 * @param {SketchPage} data
 * @param {{drawLabels: () => void, sheet: {lower: () => void}}} page
 */
export function connectTools(map, data, { drawLabels, sheet }) {
  const readout = createReadout(data);
  const selection = createSelection(map, data);
  const pins = createPins(map, data, drawLabels);
  const sketch = createSketch(map, data, { onChange: drawLabels, speak: readout.speak });
  const say = (/** @type {LatLng} */ position) => {
    readout.show(position);
    readout.speak(speakProbe(probe(data, position), data));
  };
  const act = (/** @type {LatLng} */ position) => {
    if (sketch.isDrawing()) {
      sketch.add(position);
      return;
    }
    selection.select(zoneAt(data.zones, position));
    const found = pins.add(position);
    readout.show(position); // a finger does not point before it taps
    readout.speak(`Pinned: ${speakProbe(found, data)}`);
  };
  const back = () => (sketch.isDrawing() ? sketch.undo() : pins.removeLast());
  const leave = () => (sketch.isOpen() ? sketch.close() : selection.select(-1));
  map.on("zoneselect", ({ index }) => index >= 0 && readout.speak(speakZone(data, index)));
  connectCloseup(map, data);
  followPointer(map, readout);
  createCrosshair(map, { show: say, act, back, leave, walk: createWalk(data.zones, selection) });
  connectClicks(map, { act, back, finish: sketch.finish, isDrawing: sketch.isDrawing });
  connectPanel(selection, sheet);
}

/**
 * A double click zooms, as on any map: what its first click did is taken back. In a sketch it ends the outline.
 *
 * @param {L.Map} map
 * @param {{act: (at: LatLng) => void, back: () => void, finish: () => void, isDrawing: () => boolean}} actions
 */
function connectClicks(map, { act, back, finish, isDrawing }) {
  map.on("click", ({ latlng, originalEvent }) => {
    if (originalEvent.detail < 2) {
      act([latlng.lat, latlng.lng]);
    }
  });
  map.on("dblclick", () => (isDrawing() ? finish() : back()));
}
