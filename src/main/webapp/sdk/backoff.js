import { CloseCode } from "./codes.js";
import { LONGEST, received } from "./options.js";

/** @import {Environment} from "./internal.js" */

/** A connection that stood so long, in milliseconds, begins anew with short delays. */
const STABLE = 10_000;
/** Within which time a client comes back to a server that restarts and does not say how much it can take. */
const RESTART = 3000;

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
  #within = RESTART;

  /** @param {Pick<Environment, "clock" | "random" | "reconnect" | "conditions" | "shared">} env */
  constructor(env) {
    this.#env = env;
  }

  /** An attempt begins. */
  begin() {
    this.#begunAt = this.#env.clock.elapsed();
    this.#openedAt = Infinity;
  }

  opened() {
    this.#openedAt = this.#env.clock.elapsed();
    this.#within = RESTART;
  }

  /**
   * The server is about to restart.
   *
   * @param {unknown} within which time it wants its clients back, in milliseconds
   */
  hint(within) {
    this.#within = received("within", within) ?? RESTART;
  }

  /** The attempt has failed, or the connection that came of it was lost; whether there may be another one. */
  failed() {
    const stoodFirm = this.#env.clock.elapsed() - this.#openedAt >= STABLE;
    this.#failures = stoodFirm ? 1 : this.#failures + 1;
    this.#recent = stoodFirm ? 1 : this.#recent + 1;
    return this.#failures <= this.#env.reconnect.maxAttempts;
  }

  /**
   * How long to wait, in milliseconds: any time between the least and a ceiling that doubles with each failure, so that
   * clients who lost their server together do not come back together. A server that restarts says the ceiling itself.
   * The connections of one client take the same time where their bounds allow it.
   *
   * @param {number} [code] how the connection was closed
   * @param {number} [retryAfter] seconds that the server asks to wait
   */
  delay(code, retryAfter = 0) {
    const { clock, conditions, random, reconnect, shared } = this.#env;
    const now = clock.elapsed();
    this.#notBefore = now + retryAfter * 1000;
    const { minDelay, maxDelay } = reconnect;
    const isRestart = code === CloseCode.RESTARTING || code === CloseCode.GOING_AWAY;
    let least = minDelay;
    // Nobody looks, or nothing can come of it: with the longest delays, until the platform says that this is over.
    let most = Math.max(least, maxDelay);
    if (isRestart && this.#recent === 1 && conditions.isOnline) {
      least = 0;
      most = this.#within;
    } else if (conditions.isOnline && conditions.isVisible) {
      most = Math.max(least, Math.min(maxDelay, minDelay * 2 ** this.#recent));
    }
    let delay = shared.attemptAt - now;
    if (!(delay >= least && delay <= most)) {
      delay = Math.round(least + random() * (most - least));
      shared.attemptAt = now + delay;
    }
    return Math.min(LONGEST, Math.max(retryAfter * 1000, delay));
  }

  /** The same when there is reason to try at once: not for each flicker of a network that comes and goes. */
  soon() {
    const { clock, reconnect } = this.#env;
    this.#recent = 0;
    const now = clock.elapsed();
    return Math.min(LONGEST, Math.max(0, this.#begunAt + reconnect.minDelay - now, this.#notBefore - now));
  }
}
