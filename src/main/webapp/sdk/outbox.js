import { deadline } from "./clock.js";
import { Code } from "./codes.js";
import { encode } from "./codec.js";
import { VkError } from "./errors.js";

/** @import {Clock} from "./types.js" */
/** @import {Entry, OutgoingFrame} from "./internal.js" */

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
  /** @type {((type: string, bytes: Uint8Array) => void) | undefined} */
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
   * @param {Omit<OutgoingFrame, "id">} frame
   * @param {number} [patience] in milliseconds
   * @param {(id: number) => void} [given] is told its id before it leaves
   * @returns {Promise<any>} what the server answers
   */
  add(frame, patience, given) {
    return new Promise((resolve, reject) => {
      const id = this.nextId();
      const { type, ...members } = frame;
      /** @type {Entry} */
      const entry = { id, type, bytes: bytesOf({ type, id, ...members }), resolve, reject };
      // There are no more answers than the server has asked for.
      if (!this.#write && type !== "response" && this.#isFull(entry)) {
        throw new VkError(Code.TOO_MANY, "too many messages wait for the connection", { status: "full" });
      }
      if (patience) {
        entry.callOff = deadline(this.#clock, patience, () => void this.drop(id, noWord("message")));
      }
      this.#waiting.set(id, entry);
      this.#bytes += entry.bytes.length;
      given?.(id);
      if (this.#write) {
        this.#flush();
      }
    });
  }

  /**
   * Gives a message up. Tells whether it was sent, and is not answered.
   *
   * @param {number} id
   * @param {VkError} error
   */
  drop(id, error) {
    const wasSent = this.#sent.has(id);
    this.#settle(id)?.reject(error);
    return wasSent;
  }

  /** Forgets the answers that wait: they are for a session that is gone. */
  dropAnswers() {
    [...this.#waiting.values()].forEach(({ id, type }) => type === "response" && this.#settle(id));
  }

  /** Whether nothing waits, and what comes leaves at once. */
  get isIdle() {
    return !!this.#write && !this.#waiting.size;
  }

  /**
   * The connection is open: what waits leaves, and what comes leaves at once.
   *
   * @param {(type: string, bytes: Uint8Array) => void} write
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

  /**
   * @param {number} id
   * @param {unknown} [outcome]
   */
  handled(id, outcome = { status: "handled" }) {
    this.#settle(id)?.resolve(outcome);
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
      const { type, bytes } = entry;
      if (!this.#keeps) {
        this.#bytes -= bytes.length;
        entry.bytes = new Uint8Array();
      }
      this.#write(type, bytes);
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

/** @param {string} what */
export function noWord(what) {
  return new VkError(Code.TIMEOUT, `no word of the ${what} in time`, { status: "timeout" });
}

/** @param {OutgoingFrame} frame */
function bytesOf(frame) {
  try {
    return encode(frame);
  } catch (e) {
    throw new VkError(Code.BAD_REQUEST, e instanceof VkError ? e.msg : `data: ${e}`, { status: "refused" });
  }
}
