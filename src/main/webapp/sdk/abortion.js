/** @import {AbortSignalLike} from "./types.js" */

/**
 * What `AbortController` does, also on platforms without one.
 *
 * @returns {{signal: AbortSignalLike, abort(): void}}
 */
export function abortion() {
  if (typeof AbortController === "function") {
    return new AbortController();
  }
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const signal = {
    aborted: false,
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ listener) => void listeners.add(listener),
    removeEventListener: (/** @type {string} */ _, /** @type {() => void} */ listener) => void listeners.delete(listener),
  };
  return {
    signal,
    abort() {
      signal.aborted = true;
      const all = [...listeners];
      listeners.clear();
      all.forEach((listener) => listener());
    },
  };
}
