import { deadline } from "./clock.js";
import { received } from "./options.js";

/** @import {HeartbeatParts} from "./internal.js" */

/**
 * Pings while a connection is open, measures the round trip, and notices when no sign of life follows.
 */
export class Heartbeat {
  #parts;
  /** @type {any} */
  #next;
  /** @type {(() => void) | undefined} calls the watchdog off */
  #calmed;
  #interval = 0;
  /** @type {number | undefined} */
  #pingedAt;

  /** @param {HeartbeatParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {unknown} serverInterval after how much silence the server would ping, in milliseconds */
  start(serverInterval) {
    this.#interval = Math.min(this.#parts.interval, received("pingInterval", serverInterval || undefined) ?? Infinity);
    this.#beat();
  }

  stop() {
    this.#parts.clock.clearTimeout(this.#next);
    this.alive();
    this.#pingedAt = undefined;
  }

  /** Asks for a sign of life now. */
  probe() {
    if (!this.#calmed) {
      this.#parts.clock.clearTimeout(this.#next);
      this.#beat();
    }
  }

  /** Anything has arrived. */
  alive() {
    this.#calmed?.();
    this.#calmed = undefined;
  }

  pong() {
    if (this.#pingedAt !== undefined) {
      this.#parts.latency(this.#parts.clock.elapsed() - this.#pingedAt);
      this.#pingedAt = undefined;
    }
  }

  #beat() {
    const { clock, timeout } = this.#parts;
    // Set ahead of the ping, which may find the connection dead and stop all this.
    this.#next = clock.setTimeout(() => this.#beat(), this.#interval);
    this.#calmed ??= deadline(clock, timeout, () => {
      this.#calmed = undefined;
      this.#parts.dead();
    });
    this.#pingedAt = clock.elapsed();
    this.#parts.ping();
  }
}
