/** @import {Clock} from "./types.js" */

/** A timer this late was held up: the thread was busy, or the device asleep. In milliseconds. */
const LATE = 50;
/** How many turns what has arrived meanwhile gets to be heard. */
const TURNS = 5;

let last = 0;
let passed = 0;

/** Milliseconds that have passed, whatever is done to the device's clock. */
function elapsed() {
  if (typeof performance === "object" && typeof performance.now === "function") {
    return Math.floor(performance.now());
  }
  const now = Date.now();
  passed += last ? Math.max(0, now - last) : 0;
  last = now;
  return passed;
}

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  elapsed,
  setTimeout: (task, milliseconds) => setTimeout(task, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer),
};

/**
 * Runs a task when nothing has called it off in time. What has arrived in time is heard first, also when the thread was
 * busy and gets to it late.
 *
 * @param {Clock} clock
 * @param {number} milliseconds
 * @param {() => void} task
 * @returns {() => void} calls it off
 */
export function deadline(clock, milliseconds, task) {
  const due = clock.elapsed() + milliseconds;
  /** @type {any} */
  let timer;
  let turns = 0;
  const look = () => {
    if (turns === 0 ? clock.elapsed() - due < LATE : turns === TURNS) {
      task();
    } else {
      turns++;
      timer = clock.setTimeout(look, LATE);
    }
  };
  timer = clock.setTimeout(look, milliseconds);
  return () => clock.clearTimeout(timer);
}
