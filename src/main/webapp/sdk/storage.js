/** @import {Platform} from "./types.js" */

/**
 * A storage that may fail: what it refuses to keep, or to forget, is kept in memory, and said once.
 *
 * @param {Platform["storage"]} storage
 * @returns {Platform["storage"]}
 */
export function resilient(storage) {
  /** @type {Map<string, string | null>} what the storage does not know */
  const kept = new Map();
  /** @type {Map<string, string>} what was set here, for a storage that can't be read */
  const last = new Map();
  let hasWarned = false;
  /**
   * @template T
   * @param {() => T} access
   * @param {() => any} [otherwise]
   */
  const attempt = (access, otherwise) => {
    try {
      return access();
    } catch (e) {
      if (!hasWarned) {
        hasWarned = true;
        console.warn("The storage failed. A login lasts as long as this page.", e);
      }
      return otherwise?.();
    }
  };
  return {
    get: (key) => (kept.has(key) ? kept.get(key) : attempt(() => storage.get(key), () => last.get(key))),
    set(key, value) {
      last.set(key, value);
      attempt(
        () => {
          storage.set(key, value);
          kept.delete(key);
        },
        () => {
          kept.set(key, value);
          // An older value must not come back with the next start.
          attempt(() => storage.remove(key));
        },
      );
    },
    remove(key) {
      last.delete(key);
      attempt(
        () => {
          storage.remove(key);
          kept.delete(key);
        },
        () => kept.set(key, null),
      );
    },
  };
}
