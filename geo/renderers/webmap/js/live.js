/** The page around a map that is written anew with every save: it asks for the newest state, and shows it. */

import { find } from "./elements.js";
import { carryOn, noteBeginning } from "./place.js";

/**
 * What the program tells: how often anything changed, how often the map was drawn, and why the last save was not.
 *
 * @typedef {{changes: number, drawn: number, error: string}} State
 */

/** Wait so long, in milliseconds, where nobody answers. */
const PAUSE = 1000;

/**
 * Make a frame of the map as it was drawn so many times. It is made here, for a script waits for the page's style: in a
 * frame that has not got its size yet, the map would choose its view for another one.
 *
 * @param {number} drawn
 * @param {(frame: HTMLIFrameElement) => void} whenLoaded
 */
function buildFrame(drawn, whenLoaded) {
  const frame = document.createElement("iframe");
  frame.title = document.body.dataset.map ?? "";
  frame.src = `map?${drawn}`;
  frame.addEventListener("load", () => whenLoaded(frame));
  return frame;
}

/**
 * Put a new frame under those that are there, and take them away once it stands: no blank in between, and what a reader
 * looked at stays in view.
 */
function showMap(/** @type {number} */ drawn) {
  const shown = find("iframe", HTMLIFrameElement);
  const fresh = buildFrame(drawn, (frame) => {
    carryOn(shown, frame);
    while (frame.nextElementSibling instanceof HTMLIFrameElement) {
      frame.nextElementSibling.remove();
    }
  });
  shown.before(fresh);
}

/** @param {string} text the program's words, or none */
function showError(text) {
  const box = find("#error", HTMLElement);
  box.hidden = text === "";
  find("#error-text", HTMLElement).textContent = text;
}

/** @param {State} before */
async function follow(before) {
  let state = before;
  try {
    const answer = await fetch(`state?${before.changes}`, { cache: "no-store" });
    state = await answer.json();
    find("#gone", HTMLElement).hidden = true;
  } catch {
    find("#gone", HTMLElement).hidden = false;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  if (state.drawn !== before.drawn) {
    showMap(state.drawn);
  }
  showError(state.error);
  follow(state);
}

document.body.prepend(
  buildFrame(1, (frame) => {
    noteBeginning(frame);
    follow({ changes: 0, drawn: 1, error: "" });
  }),
);
