/** Slider, buttons and keys: they all choose a day. */

import { find } from "./elements.js";

/** How long a whole history plays, and how long a day is shown at least and at most, in milliseconds. */
const PLAYING = { whole: 40000, shortest: 60, longest: 700 };

/**
 * @param {number} count how many days there are
 * @param {(day: number) => void} show
 * @returns {(day: number) => void} goes to a day and stops playing
 */
export function createPlayer(count, show) {
  const slider = find("#slider", HTMLInputElement);
  const play = find("#play", HTMLButtonElement);
  const pause = Math.max(PLAYING.shortest, Math.min(PLAYING.longest, PLAYING.whole / count));
  /** @type {number | undefined} */
  let timer;

  const set = (/** @type {number} */ day) => {
    slider.value = String(Math.max(0, Math.min(count - 1, day)));
    show(Number(slider.value));
  };
  const stop = () => {
    window.clearTimeout(timer);
    timer = undefined;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  const tick = () => {
    set(Number(slider.value) + 1);
    if (Number(slider.value) === count - 1) {
      stop();
    } else {
      timer = window.setTimeout(tick, pause);
    }
  };
  const toggle = () => {
    if (timer !== undefined) {
      stop();
      return;
    }
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    if (Number(slider.value) === count - 1) {
      set(0);
    }
    timer = window.setTimeout(tick, pause);
  };
  const goTo = (/** @type {number} */ day) => {
    stop();
    set(day);
  };

  play.addEventListener("click", toggle);
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  find("#back", HTMLElement).addEventListener("click", () => goTo(Number(slider.value) - 1));
  find("#forward", HTMLElement).addEventListener("click", () => goTo(Number(slider.value) + 1));
  listenToKeys({ toggle, goTo, now: () => Number(slider.value), last: count - 1 });
  return goTo;
}

/**
 * Keys work wherever they mean nothing else: on the map the arrows move the map, on a button space presses it.
 *
 * @param {{toggle: () => void, goTo: (day: number) => void, now: () => number, last: number}} player
 */
function listenToKeys({ toggle, goTo, now, last }) {
  /** @type {Record<string, () => void>} */
  const actions = {
    " ": toggle,
    ArrowLeft: () => goTo(now() - 1),
    ArrowRight: () => goTo(now() + 1),
    Home: () => goTo(0),
    End: () => goTo(last),
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : document.body;
    const isTaken = target.closest(event.key === " " ? "button, summary, a, input" : "input, .leaflet-container");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const isSliderSpace = event.key === " " && target.id === "slider";
    if (actions[event.key] && isPlain && (!isTaken || isSliderSpace)) {
      event.preventDefault();
      actions[event.key]();
    }
  });
}
