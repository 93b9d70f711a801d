/** What the map owes to readers who hear it, move it by keyboard, or want it to keep still. */

import { find } from "./elements.js";
import { setAll } from "./svg.js";

/** How long the crosshair must rest before it is spoken of, in milliseconds. */
const SPEAKING_PAUSE = 300;

/** Name the map and say what its keys do. @param {L.Map} map */
export function nameMap(map) {
  const container = map.getContainer();
  // "application": a screen reader hands the arrows to the crosshair instead of reading on.
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", "Map with a crosshair for the keyboard");
  container.setAttribute("aria-describedby", "map-description map-keys");
}

/**
 * What is drawn in each pane is no picture of its own to who hears the page: the map's description tells all of it. Before
 * the map is made.
 */
export function silencePanes() {
  L.Renderer.addInitHook("on", "add", (/** @type {{target: {_container: Element}}} */ { target }) =>
    target._container.setAttribute("aria-hidden", "true"),
  );
}

/**
 * Write texts into the page's live region, the last one only, when nothing new has come for a moment.
 *
 * @returns {(text: string) => void}
 */
export function createVoice() {
  const region = find("#spoken", HTMLElement);
  let timer = 0;
  return (text) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      region.textContent = text;
    }, SPEAKING_PAUSE);
  };
}

/**
 * A button over the map for a part of the page that it opens and closes.
 *
 * @param {string} id
 * @param {string} text
 * @param {string} opens the id of that part
 */
export function createTool(id, text, opens) {
  const button = L.DomUtil.create("button", "tool");
  setAll(button, { id, type: "button", "aria-expanded": "false", "aria-controls": opens });
  button.textContent = text;
  return button;
}

/**
 * Let the list of layers open below a button, at a press. Leaflet opens it in the button's place when it is pointed at, so that
 * the press which follows would fall on the first layer.
 *
 * @param {L.Map} map
 * @param {() => void} onChange the list covers labels, or uncovers them
 */
export function connectLayers(map, onChange) {
  const box = map.getContainer().querySelector(".leaflet-control-layers");
  if (!(box instanceof HTMLElement)) {
    return;
  }
  const list = find(".leaflet-control-layers-list", HTMLElement, box);
  list.id = "layers";
  list.dataset.obstacle = "";
  const button = createTool("layers-open", "Layers", list.id);
  find(".leaflet-control-layers-toggle", HTMLElement, box).replaceWith(button);
  L.DomEvent.off(box, "mouseenter mouseleave");
  const open = "leaflet-control-layers-expanded"; // Leaflet takes it away when the map is clicked
  new MutationObserver(() => {
    button.setAttribute("aria-expanded", String(box.classList.contains(open)));
    onChange();
  }).observe(box, { attributeFilter: ["class"] });
  button.addEventListener("click", () => box.classList.toggle(open));
  box.addEventListener("focusout", ({ relatedTarget: next }) => {
    // A press on a label hands the focus to the map around the list for a moment: that is not moving on.
    if (next instanceof Node && !box.contains(next) && !next.contains(box)) {
      box.classList.remove(open);
    }
  });
  box.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      box.classList.remove(open);
      button.focus();
    }
  });
}

/** Without motion where the reader asked for that; before the map is made. */
export function calmMaps() {
  if (isCalm()) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  }
}

/** Whether the reader asked their system for less motion. */
export function isCalm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
