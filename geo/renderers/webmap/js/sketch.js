/** Sketching a zone: the card that names, measures and saves the outline, and what the map does meanwhile. */

import { createTool } from "./access.js";
import { find } from "./elements.js";
import { formatInterval } from "./intervals.js";
import { isTangled, measureOutline, meetingPoint } from "./outline.js";
import { createOutlineModel } from "./outlinemodel.js";
import { isBeyond } from "./probe.js";
import { renderScenario } from "./sketchfile.js";
import { createSketchMap, handleIndex } from "./sketchmap.js";
import { saveFile } from "./takeaway.js";
import { formatAreaKm2 } from "./words.js";

/** @import { LatLng, MapData } from "./data.js" */
/** @import { OutlineMeasures } from "./outline.js" */
/** @import { OutlineModel } from "./outlinemodel.js" */

/**
 * @typedef {Object} Sketch
 * @property {() => boolean} isOpen
 * @property {() => boolean} isDrawing  clicks on the map set corners
 * @property {(corner: LatLng) => void} add
 * @property {() => void} finish
 * @property {() => void} undo
 * @property {() => void} close
 *
 * @typedef {MapData & {frontId: string | null}} SketchPage  what a sketch is measured against and saved with
 * @typedef {ReturnType<typeof readCard>} Card
 */

/**
 * @param {L.Map} map
 * @param {SketchPage} data
 * @param {{onChange: () => void, speak: (text: string) => void}} page
 * @returns {Sketch}
 */
export function createSketch(map, data, { onChange, speak }) {
  const card = readCard();
  const model = createOutlineModel(() => settle());
  const drawing = createSketchMap(map, model);
  const opener = addOpener(map, () => (isOpen() ? close() : open()));
  const isOpen = () => !card.box.hidden;
  const isDrawing = () => isOpen() && !model.now().isClosed;

  function settle() {
    const { corners } = model.now();
    const isBad = corners.length >= 3 && isTangled(corners); // what such an outline measures would mean nothing
    const measures = corners.length >= 3 && !isBad ? measureOutline(corners, data.front) : null;
    drawing.draw(measures);
    showMeasures(card, measures);
    showState(card, model, data, isBad);
    map.fire("sketchchange", { corners: isOpen() ? corners : [] }); // names make room
    onChange();
    map.getContainer().classList.toggle("is-drawing", isDrawing());
    map.doubleClickZoom[isDrawing() ? "disable" : "enable"]();
  }
  /** Show the card, with the outline as it was left. */
  function open() {
    showCard(true);
    settle();
    // A field in focus would bring a keyboard up over the map.
    const isTouch = window.matchMedia("(pointer: coarse)").matches;
    (isTouch ? card.box : card.name).focus({ preventScroll: true });
  }
  function close() {
    showCard(false);
    settle();
    opener.focus();
  }
  /** @param {boolean} isShown */
  function showCard(isShown) {
    card.box.hidden = !isShown;
    opener.setAttribute("aria-expanded", String(isShown));
    document.documentElement.classList.toggle("is-sketching", isShown);
    drawing.show(isShown);
  }
  /** Close the outline, and leave the focus where its button was. */
  function finish() {
    model.close();
    card.save.focus({ preventScroll: true });
  }
  function remove() {
    model.remove(model.now().chosen);
  }
  function save() {
    saveFile(renderScenario(model.now().corners, card.name.value, data));
    speak("The scenario file was saved.");
  }

  map.on("zoomend", () => isOpen() && settle()); // there is room for other middles
  map.getContainer().addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target instanceof Element && handleIndex(target) !== null) {
      close();
    }
  });
  connectCard(card, { finish, undo: model.undo, remove, clear: model.clear, save, close });
  return { isOpen, isDrawing, add: model.add, finish: model.close, undo: model.undo, close };
}

/** The elements of the card, by what they are for. */
function readCard() {
  return {
    box: find("#sketch", HTMLElement),
    name: find("#sketch-name", HTMLInputElement),
    help: find("#sketch-help", HTMLElement),
    nearest: find("#sketch-nearest", HTMLElement),
    mean: find("#sketch-mean", HTMLElement),
    area: find("#sketch-area", HTMLElement),
    finish: find("#sketch-finish", HTMLButtonElement),
    undo: find("#sketch-undo", HTMLButtonElement),
    remove: find("#sketch-remove", HTMLButtonElement),
    clear: find("#sketch-clear", HTMLButtonElement),
    save: find("#sketch-save", HTMLButtonElement),
    close: find("#sketch-close", HTMLButtonElement),
  };
}

/** @param {Card} card @param {Record<"finish" | "undo" | "remove" | "clear" | "save" | "close", () => void>} actions */
function connectCard(card, actions) {
  card.finish.addEventListener("click", actions.finish);
  card.undo.addEventListener("click", actions.undo);
  card.remove.addEventListener("click", actions.remove);
  card.clear.addEventListener("click", actions.clear);
  card.save.addEventListener("click", actions.save);
  card.close.addEventListener("click", actions.close);
  L.DomEvent.disableClickPropagation(card.box);
  L.DomEvent.disableScrollPropagation(card.box);
  card.box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      actions.close();
    }
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && event.target !== card.name) {
      actions.undo();
    }
  });
}

/** The button in the map's corner that opens the card. @param {L.Map} map @param {() => void} onClick */
function addOpener(map, onClick) {
  const button = createTool("sketch-open", "Sketch a zone", "sketch");
  button.addEventListener("click", onClick);
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const holder = L.DomUtil.create("div", "tool-holder");
    holder.append(button);
    L.DomEvent.disableClickPropagation(holder);
    return holder;
  };
  control.addTo(map);
  return button;
}

/** @param {Card} card @param {OutlineMeasures | null} measures */
function showMeasures(card, measures) {
  card.nearest.textContent = measures ? formatInterval(measures.nearest.km, measures.nearestInterval) : "–";
  card.mean.textContent =
    measures && measures.meanKm !== null ? formatInterval(measures.meanKm, measures.meanInterval) : "–";
  card.area.textContent = measures ? formatAreaKm2(measures.areaKm2) : "–";
  card.box.dataset.measures = JSON.stringify(measures);
}

/**
 * Say what to do next, and offer only what can be done.
 *
 * @param {Card} card
 * @param {OutlineModel} model
 * @param {MapData} data
 * @param {boolean} isBad
 */
function showState(card, model, data, isBad) {
  const { corners, isClosed, chosen } = model.now();
  card.finish.hidden = isClosed;
  card.finish.disabled = corners.length < 3 || isBad;
  card.remove.disabled = chosen < 0;
  card.undo.disabled = !model.hasPast();
  card.clear.disabled = corners.length === 0;
  card.save.disabled = !isClosed || isBad;
  card.help.textContent = describeState(corners, isClosed, isBad, data);
}

/**
 * @param {LatLng[]} corners
 * @param {boolean} isClosed
 * @param {boolean} isBad
 * @param {MapData} data
 * @returns {string} what to do next, or what is wrong
 */
function describeState(corners, isClosed, isBad, data) {
  if (isBad) {
    return "The outline crosses or touches itself: move a corner, or undo.";
  }
  if (corners.length < 3) {
    return `Set corners on the map by click, tap or Enter: ${corners.length} of at least 3.`;
  }
  if (!isClosed) {
    return "Set more corners, or finish the outline at its first corner.";
  }
  if (meetingPoint([...corners, corners[0]], data.front.lines)) {
    return `The zone touches or crosses the ${data.front.kind}: its distance is 0, and it has no mean here.`;
  }
  if (corners.every((corner) => isBeyond(data, corner))) {
    return "The zone lies beyond the line: its distances are measured from there.";
  }
  return "Drag a corner to move it, a ring to add one. Choose a corner to remove it.";
}
