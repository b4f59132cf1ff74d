/** @import {Clock} from "./types.js" */

/** @type {Clock} */
export const systemClock = {
  now: () => Date.now(),
  setTimeout: (task, milliseconds) => setTimeout(task, milliseconds),
  clearTimeout: (timer) => clearTimeout(timer),
};
