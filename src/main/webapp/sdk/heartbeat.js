/** @import {HeartbeatParts} from "./internal.js" */

/**
 * Pings while a connection is open, measures the round trip, and notices when no sign of life follows.
 */
export class Heartbeat {
  #parts;
  /** @type {any} */
  #next;
  /** @type {any} */
  #watchdog;
  #interval = 0;
  /** @type {number | undefined} */
  #pingedAt;

  /** @param {HeartbeatParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {number | undefined} serverInterval after how much silence the server would ping, in milliseconds */
  start(serverInterval) {
    this.#interval = Math.min(this.#parts.interval, serverInterval || Infinity);
    this.#beat();
  }

  stop() {
    this.#parts.clock.clearTimeout(this.#next);
    this.#calm();
    this.#pingedAt = undefined;
  }

  /** Asks for a sign of life now. */
  probe() {
    if (this.#watchdog === undefined) {
      this.#parts.clock.clearTimeout(this.#next);
      this.#beat();
    }
  }

  /** Anything has arrived. */
  alive() {
    this.#calm();
  }

  pong() {
    if (this.#pingedAt !== undefined) {
      this.#parts.latency(Math.max(0, this.#parts.clock.now() - this.#pingedAt));
      this.#pingedAt = undefined;
    }
  }

  #beat() {
    const { clock, timeout } = this.#parts;
    // Set ahead of the ping, which may find the connection dead and stop all this.
    this.#next = clock.setTimeout(() => this.#beat(), this.#interval);
    this.#watchdog ??= clock.setTimeout(() => {
      this.#watchdog = undefined;
      this.#parts.dead();
    }, timeout);
    this.#pingedAt = clock.now();
    this.#parts.ping();
  }

  #calm() {
    this.#parts.clock.clearTimeout(this.#watchdog);
    this.#watchdog = undefined;
  }
}
