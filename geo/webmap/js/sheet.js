/** On a narrow screen the panel is a sheet below the map: it shows its head, and comes up when asked. */

/** As narrow as the style sheet says. */
const NARROW = "(max-width: 860px)";

/** How far a finger must move the sheet for it to follow, in pixels. */
const SWIPE = 40;

/** The part of the window's height that the lowered sheet takes at most. */
const MOST_OF_SCREEN = 0.32;

/** @param {L.Map} map @returns {{lower: () => void}} */
function connectSheet(map) {
  const root = document.documentElement;
  const handle = document.getElementById("sheet-handle");
  const legend = document.querySelector(".legend");
  const narrow = window.matchMedia(NARROW);
  const setUp = (isUp) => {
    root.classList.toggle("is-sheet-up", isUp);
    handle.setAttribute("aria-expanded", String(isUp));
    handle.lastElementChild.textContent = isUp ? "Show the map" : "Show the figures";
    if (!isUp) {
      document.querySelector(".panel").scrollTop = 0;
    }
  };
  const adapt = () => {
    if (root.classList.contains("is-printing")) {
      return; // paper is as narrow as it is, and has a place for everything
    }
    setUp(false);
    showHead(root);
    legend.open = !narrow.matches;
    map.invalidateSize({ animate: false });
  };
  handle.addEventListener("click", () => setUp(!root.classList.contains("is-sheet-up")));
  followFinger(handle, setUp);
  narrow.addEventListener("change", adapt);
  window.addEventListener("resize", () => narrow.matches && showHead(root));
  root.classList.add("has-sheet");
  adapt();
  return { lower: () => narrow.matches && setUp(false) };
}

/** Let the lowered sheet show its title and sentence whole, as far as they leave the larger part to the map. */
function showHead(root) {
  const head = document.querySelector(".panel header");
  const height = Math.min(head.offsetTop + head.offsetHeight + 8, MOST_OF_SCREEN * window.innerHeight);
  root.style.setProperty("--peek", `${height}px`);
}

/** A swipe on the handle moves the sheet up or down. */
function followFinger(handle, setUp) {
  let start = null;
  handle.addEventListener("pointerdown", (event) => {
    start = event.clientY;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointerup", (event) => {
    const moved = start === null ? 0 : event.clientY - start;
    start = null;
    if (Math.abs(moved) > SWIPE) {
      setUp(moved < 0);
      handle.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true });
    }
  });
}
