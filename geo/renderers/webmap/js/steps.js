/** Long work in short steps, so that the page answers in between. */

/** So long may steps follow each other before the page has its turn, in milliseconds. */
const SLICE = 12;

/** No longer is the first picture waited for, which a hidden page never draws, in milliseconds. */
const PATIENCE = 150;

/**
 * Begin work once the page has been drawn as it is, and go on with it step by step.
 *
 * @param {Generator<void, void, void>} work
 * @returns {() => void} does all that is left of it at once
 */
export function workInSteps(work) {
  const go = () => {
    const end = performance.now() + SLICE;
    let isDone = false;
    while (!isDone && performance.now() < end) {
      isDone = Boolean(work.next().done);
    }
    if (!isDone) {
      setTimeout(go);
    }
  };
  afterPicture(() => setTimeout(go));
  return () => doAll(work);
}

/** Do all of some work at once. @template Result @param {Generator<void, Result, void>} work @returns {Result} */
export function doAll(work) {
  let step = work.next();
  while (!step.done) {
    step = work.next();
  }
  return step.value;
}

/** @param {() => void} begin */
function afterPicture(begin) {
  let hasBegun = false;
  const once = () => {
    if (!hasBegun) {
      hasBegun = true;
      begin();
    }
  };
  requestAnimationFrame(once);
  setTimeout(once, PATIENCE);
}
