/** @import {Clock} from "../../../main/webapp/sdk/types.js" */

const BEGIN = 1_800_000_000_000;

/** Lets everything run that waits for no time: promises and what they set off. */
export async function settle() {
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Time that passes when the test says so.
 *
 * @implements {Clock}
 */
export class ManualClock {
  #now = BEGIN;
  #lastId = 0;
  /** @type {Map<number, {at: number, task: () => void}>} */
  #timers = new Map();

  /** How far the device's clock is off. */
  skew = 0;
  /** How long the device has slept, which its timers have not noticed. */
  slept = 0;

  now = () => this.time() + this.skew;
  /** The time elsewhere. */
  time = () => this.#now + this.slept;
  elapsed = () => this.#now - BEGIN;

  /** @param {() => void} task @param {number} milliseconds */
  setTimeout = (task, milliseconds) => {
    if (!(Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds < 2 ** 31)) {
      throw new RangeError(`a timer can't take ${milliseconds} ms`);
    }
    this.#timers.set(++this.#lastId, { at: this.#now + milliseconds, task });
    return this.#lastId;
  };

  /** @param {number} id */
  clearTimeout = (id) => void this.#timers.delete(id);

  /** How many timers are set. */
  get pending() {
    return this.#timers.size;
  }

  /** Milliseconds until the next timer. */
  get next() {
    return Math.min(...[...this.#timers.values()].map(({ at }) => at)) - this.#now;
  }

  /**
   * Lets time pass, and all that is due happen, in its order.
   *
   * @param {number} milliseconds
   */
  async advance(milliseconds) {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) {
        break;
      }
      const [id, { at, task }] = due;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      task();
      await settle();
    }
    this.#now = Math.max(this.#now, end);
  }

  /**
   * The thread is busy: time passes, and nothing happens.
   *
   * @param {number} milliseconds
   */
  busy(milliseconds) {
    this.#now += milliseconds;
  }
}
