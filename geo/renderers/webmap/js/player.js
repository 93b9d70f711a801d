/** Slider, buttons and keys: they all choose a day. The slider is as long as the time, whatever days have a front. */

import { find } from "./elements.js";

/** How long a whole history plays, and how long a day is shown at least and at most, in milliseconds. */
const PLAYING = { whole: 40000, shortest: 60, longest: 700 };

/** Over a gap of many days nothing is waited for longer than this many. */
const LONGEST_WAIT_DAYS = 3;

const DAY_MS = 86_400_000;

/**
 * @param {number[]} times of the days that have a front, in milliseconds
 * @param {(day: number) => void} show
 * @returns {(day: number) => void} goes to a day and stops playing
 */
export function createPlayer(times, show) {
  const count = times.length;
  const offsets = times.map((time) => Math.round((time - times[0]) / DAY_MS));
  const slider = find("#slider", HTMLInputElement);
  const play = find("#play", HTMLButtonElement);
  const pause = Math.max(PLAYING.shortest, Math.min(PLAYING.longest, PLAYING.whole / (offsets[count - 1] + 1)));
  const pauseAfter = (/** @type {number} */ day) =>
    pause * Math.min(LONGEST_WAIT_DAYS, (offsets[day + 1] ?? offsets[day] + 1) - offsets[day]);
  let shown = count - 1;
  /** @type {number | undefined} */
  let timer;

  const set = (/** @type {number} */ day) => {
    shown = Math.max(0, Math.min(count - 1, day));
    slider.value = String(offsets[shown]);
    show(shown);
  };
  const stop = () => {
    window.clearTimeout(timer);
    timer = undefined;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  const tick = () => {
    set(shown + 1);
    if (shown === count - 1) {
      stop();
    } else {
      timer = window.setTimeout(tick, pauseAfter(shown));
    }
  };
  const toggle = () => {
    if (timer !== undefined) {
      stop();
      return;
    }
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    if (shown === count - 1) {
      set(0);
    }
    timer = window.setTimeout(tick, pauseAfter(shown));
  };
  const goTo = (/** @type {number} */ day) => {
    stop();
    set(day);
  };

  play.addEventListener("click", toggle);
  slider.addEventListener("input", () => goTo(nearestTo(offsets, Number(slider.value))));
  find("#back", HTMLElement).addEventListener("click", () => goTo(shown - 1));
  find("#forward", HTMLElement).addEventListener("click", () => goTo(shown + 1));
  listenToKeys({ toggle, goTo, now: () => shown, last: count - 1 });
  return goTo;
}

/** The day whose offset is nearest to this one. @param {number[]} offsets @param {number} wanted */
function nearestTo(offsets, wanted) {
  return offsets.reduce(
    (best, offset, day) => (Math.abs(offset - wanted) < Math.abs(offsets[best] - wanted) ? day : best),
    0,
  );
}

/**
 * Keys work wherever they mean nothing else: on the map the arrows move the map, on a button space presses it.
 * The slider's own arrows would stop at a day without a front.
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
    if (actions[event.key] && isPlain && (!isTaken || target.id === "slider")) {
      event.preventDefault();
      actions[event.key]();
    }
  });
}
