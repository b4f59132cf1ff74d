import { deadline } from "./clock.js";
import { Code } from "./codes.js";
import { encode } from "./codec.js";
import { VkError } from "./errors.js";
import { option } from "./options.js";

/** @import {Clock, Sent} from "./types.js" */
/** @import {Entry} from "./internal.js" */

/**
 * The messages of a connection: those that wait for it to come back, and those sent whose fate the server has not told
 * yet. What was sent and lost is sent again only if the server has resumed the session and says that it has not got it;
 * otherwise it may have been handled.
 */
export class Outbox {
  #limits;
  #clock;
  #lastId = 0;
  /** How much of both is kept. */
  #bytes = 0;
  /** In the order of their ids, as those sent are; and all of these are larger. @type {Map<number, Entry>} */
  #waiting = new Map();
  /** @type {Map<number, Entry>} */
  #sent = new Map();
  /** Whether what is sent now may have to be sent again. */
  #keeps = false;
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
      this.#bytes += entry.bytes.length;
      if (this.#write) {
        this.#flush();
      }
    });
  }

  /** Whether nothing waits, and what comes leaves at once. */
  get isIdle() {
    return !!this.#write && !this.#waiting.size;
  }

  /**
   * The connection is open: what waits leaves, and what comes leaves at once.
   *
   * @param {(bytes: Uint8Array) => void} write
   * @param {boolean} keeps whether its session can be resumed
   */
  open(write, keeps) {
    this.#write = write;
    this.#keeps = keeps;
    this.#flush();
  }

  /** The connection is away. */
  pause() {
    this.#write = undefined;
  }

  /**
   * Its session was resumed: what the server has not got waits again, ahead of what has not been sent.
   *
   * @param {number} received the largest id that the server has got
   */
  resumed(received) {
    const missing = [...this.#sent].filter(([id]) => id > received);
    missing.forEach(([id]) => this.#sent.delete(id));
    this.#waiting = new Map([...missing, ...this.#waiting]);
  }

  /** Its session is gone, and what became of the messages that were sent is not known. */
  lose() {
    for (const id of [...this.#sent.keys()]) {
      this.#settle(id)?.reject(
        new VkError(Code.FAIL, "the connection was lost before the word of the message", { status: "lost" }),
      );
    }
  }

  /** The connection has ended. */
  end() {
    this.pause();
    this.lose();
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
    // A write can find the connection lost. It tells listeners, who may send more, and so empty the list before its time.
    for (const entry of this.#waiting.values()) {
      if (!this.#write) {
        return;
      }
      this.#waiting.delete(entry.id);
      this.#sent.set(entry.id, entry);
      const { bytes } = entry;
      if (!this.#keeps) {
        this.#bytes -= bytes.length;
        entry.bytes = new Uint8Array();
      }
      this.#write(bytes);
    }
  }

  /**
   * Whether it is too much for a connection that is away. Of what was sent before nothing is given up, but it counts.
   *
   * @param {Entry} entry
   */
  #isFull(entry) {
    const { messages, bytes } = this.#limits;
    return this.#waiting.size + this.#sent.size >= messages || this.#bytes + entry.bytes.length > bytes;
  }

  /** @param {number} id */
  #settle(id) {
    const entry = this.#waiting.get(id) ?? this.#sent.get(id);
    if (entry) {
      this.#bytes -= entry.bytes.length;
      this.#waiting.delete(id);
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
