/** @import {Environment} from "./internal.js" */

/** A connection that stood so long, in milliseconds, begins anew with short delays. */
const STABLE = 10_000;

/** When a connection that was lost tries again. */
export class Backoff {
  #env;
  #failures = 0;
  /** Of the failures those that count for the delay. */
  #recent = 0;
  #begunAt = 0;
  #openedAt = Infinity;
  /** Until when the server has asked to wait. */
  #notBefore = 0;

  /** @param {Pick<Environment, "clock" | "random" | "reconnect" | "conditions">} env */
  constructor(env) {
    this.#env = env;
  }

  /** An attempt begins. */
  begin() {
    this.#begunAt = this.#env.clock.now();
    this.#openedAt = Infinity;
  }

  opened() {
    this.#openedAt = this.#env.clock.now();
  }

  /** The attempt has failed, or the connection that came of it was lost; whether there may be another one. */
  failed() {
    const stoodFirm = this.#env.clock.now() - this.#openedAt >= STABLE;
    this.#failures = stoodFirm ? 1 : this.#failures + 1;
    this.#recent = stoodFirm ? 1 : this.#recent + 1;
    return this.#failures <= this.#env.reconnect.maxAttempts;
  }

  /**
   * How long to wait, in milliseconds: any time between the least and a ceiling that doubles with each failure, so that
   * clients who lost their server together do not come back together.
   *
   * @param {number} [retryAfter] seconds that the server asks to wait
   */
  delay(retryAfter = 0) {
    const { clock, conditions, random, reconnect } = this.#env;
    this.#notBefore = clock.now() + retryAfter * 1000;
    const { minDelay, maxDelay } = reconnect;
    // Nobody looks, or nothing can come of it: with the longest delays, until the platform says that this is over.
    const isWorthIt = conditions.isOnline && conditions.isVisible;
    const ceiling = isWorthIt ? Math.min(maxDelay, minDelay * 2 ** this.#recent) : maxDelay;
    return Math.max(retryAfter * 1000, Math.round(minDelay + random() * Math.max(0, ceiling - minDelay)));
  }

  /** The same when there is reason to try at once: not for each flicker of a network that comes and goes. */
  soon() {
    const { clock, reconnect } = this.#env;
    this.#recent = 0;
    return Math.max(0, this.#begunAt + reconnect.minDelay - clock.now(), this.#notBefore - clock.now());
  }
}
