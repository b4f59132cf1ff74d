/** @import {Unsubscribe} from "./types.js" */

/**
 * Runs a callback of the application's; what it throws, or a promise of it rejects with, is reported and disturbs nobody.
 *
 * @param {((value: any) => unknown) | undefined} callback
 * @param {unknown} [value]
 */
export function run(callback, value) {
  try {
    const outcome = /** @type {any} */ (callback?.(value));
    if (typeof outcome?.then === "function") {
      outcome.then(undefined, (/** @type {unknown} */ e) => console.error(e));
    }
  } catch (e) {
    console.error(e);
  }
}

/**
 * Runs a task when what runs now has returned. Not by `queueMicrotask`, which mini programs lack.
 *
 * @param {() => unknown} task
 */
export function soon(task) {
  void Promise.resolve().then(task);
}

/**
 * Tells the outcome of a promise to callbacks, which makes it one that need not be listened to.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {import("./types.js").Callbacks<T>} callbacks
 */
export function report(promise, { success, fail, complete }) {
  promise.then(
    (value) => {
      run(success, value);
      run(complete, value);
    },
    (error) => {
      run(fail, error);
      run(complete, error);
    },
  );
}

/** Listeners by the name of what they listen to. */
export class Listeners {
  /** @type {Map<string, Set<{call: (value: any) => void}>>} */
  #lists = new Map();

  /**
   * @param {string} name
   * @param {(value: any) => void} call
   * @returns {Unsubscribe}
   */
  add(name, call) {
    const list = this.#lists.get(name) ?? new Set();
    this.#lists.set(name, list);
    // Wrapped, because the same function may be registered twice.
    const entry = { call };
    list.add(entry);
    return () => void list.delete(entry);
  }

  /** @param {string} name */
  has(name) {
    return !!this.#lists.get(name)?.size;
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  emit(name, value) {
    const list = this.#lists.get(name) ?? new Set();
    for (const entry of [...list]) {
      // One that an earlier listener has taken away is called no more.
      if (list.has(entry)) {
        run(entry.call, value);
      }
    }
  }

  /** @param {string} name */
  clear(name) {
    this.#lists.delete(name);
  }

  /**
   * Tells those who listen now, for the last time.
   *
   * @param {string} name
   * @param {unknown} value
   */
  finish(name, value) {
    const list = this.#lists.get(name);
    this.#lists.delete(name);
    list?.forEach((entry) => run(entry.call, value));
  }
}

/** Listeners to what ends once: its last words reach those who come later, too. */
export class LastListeners extends Listeners {
  /** @type {[name: string, value: unknown][]} */
  #words = [];

  get hasEnded() {
    return this.#words.length > 0;
  }

  /**
   * A listener of what happens once, or has happened already.
   *
   * @param {string} name
   * @param {(value: any) => void} call
   */
  listen(name, call) {
    const stop = this.add(name, call);
    if (this.hasEnded) {
      this.tellTheEnd();
    }
    return stop;
  }

  /** @param {[name: string, value: unknown][]} words what there is to tell, in this order */
  end(words) {
    this.#words = words;
  }

  /** Soon, so that who has just got the connection can register first. */
  tellTheEnd() {
    soon(() => this.#words.forEach(([name, value]) => this.finish(name, value)));
  }
}
