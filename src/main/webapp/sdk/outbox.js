import { deadline } from "./clock.js";
import { Code } from "./codes.js";
import { encode } from "./codec.js";
import { VkError } from "./errors.js";
import { option } from "./options.js";

/** @import {Clock, Sent} from "./types.js" */
/** @import {Entry} from "./internal.js" */

/**
 * The messages of a connection: those that wait for it to come back, and those sent whose fate the server has not told
 * yet. A message is written once: what was sent and lost is not sent again, because it may have been handled.
 */
export class Outbox {
  #limits;
  #clock;
  #lastId = 0;
  #waitingBytes = 0;
  /** @type {Map<number, Entry>} */
  #waiting = new Map();
  /** @type {Map<number, Entry>} */
  #sent = new Map();
  /** @type {((bytes: Uint8Array) => void) | undefined} */
  #write;

  /**
   * @param {{messages: number, bytes: number}} limits
   * @param {Clock} clock
   */
  constructor(limits, clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** An id that no frame of the connection has had. */
  nextId() {
    return ++this.#lastId;
  }

  /**
   * @param {unknown} data
   * @param {unknown} [timeout]
   * @returns {Promise<Sent>}
   */
  add(data, timeout) {
    return new Promise((resolve, reject) => {
      const patience = option("send.timeout", timeout);
      const id = this.nextId();
      /** @type {Entry} */
      const entry = { id, bytes: message(id, data), resolve, reject };
      if (!this.#write && this.#isFull(entry)) {
        throw new VkError(Code.TOO_MANY, "too many messages wait for the connection", { status: "full" });
      }
      if (patience) {
        entry.callOff = deadline(this.#clock, patience, () => {
          this.#settle(id)?.reject(new VkError(Code.TIMEOUT, "no word of the message in time", { status: "timeout" }));
        });
      }
      this.#waiting.set(id, entry);
      this.#waitingBytes += entry.bytes.length;
      if (this.#write) {
        this.#flush();
      }
    });
  }

  /**
   * The connection is open: what waits leaves, and what comes leaves at once.
   *
   * @param {(bytes: Uint8Array) => void} write
   */
  open(write) {
    this.#write = write;
    this.#flush();
  }

  /** The connection is away. */
  away() {
    this.#write = undefined;
    for (const id of [...this.#sent.keys()]) {
      this.#settle(id)?.reject(
        new VkError(Code.FAIL, "the connection was lost before the word of the message", { status: "lost" }),
      );
    }
  }

  /** The connection has ended. */
  end() {
    this.away();
    for (const id of [...this.#waiting.keys()]) {
      this.#settle(id)?.reject(hasEnded());
    }
  }

  /** @param {number} id */
  handled(id) {
    this.#settle(id)?.resolve({ status: "handled" });
  }

  /**
   * @param {number} id
   * @param {{code: number, msg: string, requestId?: string}} err
   */
  refused(id, err) {
    this.#settle(id)?.reject(new VkError(err.code, err.msg, { requestId: err.requestId, status: "refused" }));
  }

  #flush() {
    for (const entry of [...this.#waiting.values()]) {
      // A write can find the connection lost.
      if (!this.#write) {
        return;
      }
      this.#take(entry);
      this.#sent.set(entry.id, entry);
      const { bytes } = entry;
      entry.bytes = new Uint8Array();
      this.#write(bytes);
    }
  }

  /** @param {Entry} entry */
  #isFull(entry) {
    const { messages, bytes } = this.#limits;
    return this.#waiting.size >= messages || this.#waitingBytes + entry.bytes.length > bytes;
  }

  /** @param {Entry} entry */
  #take(entry) {
    if (this.#waiting.delete(entry.id)) {
      this.#waitingBytes -= entry.bytes.length;
    }
  }

  /** @param {number} id */
  #settle(id) {
    const entry = this.#waiting.get(id) ?? this.#sent.get(id);
    if (entry) {
      this.#take(entry);
      this.#sent.delete(id);
      entry.callOff?.();
    }
    return entry;
  }
}

export function hasEnded() {
  return new VkError(Code.FAIL, "the connection has ended", { status: "closed" });
}

/**
 * @param {number} id
 * @param {unknown} data
 */
function message(id, data) {
  try {
    return encode({ type: "message", id, data });
  } catch (e) {
    throw new VkError(Code.BAD_REQUEST, e instanceof VkError ? e.msg : `data: ${e}`, { status: "refused" });
  }
}
