import { abortion } from "./abortion.js";
import { deadline } from "./clock.js";
import { Code } from "./codes.js";
import { VkError, badRequest, requireOptions } from "./errors.js";
import { itemStream } from "./item-stream.js";
import { report } from "./listeners.js";
import { option } from "./options.js";
import { hasEnded, noWord } from "./outbox.js";

/** @import {AbortSignalLike, Clock, RequestHandler, RequestOptions, StreamOptions} from "./types.js" */
/** @import {OutgoingFrame} from "./internal.js" */
/** @import {Outbox} from "./outbox.js" */

/** The most characters of a message of a failure. The server takes twice as many units of UTF-16. */
const MOST_CHARACTERS = 500;

/** The requests of a connection, both ways. Those of the client wait in the outbox, and the answers to the server's, too. */
export class Requests {
  #connection;
  #outbox;
  #clock;
  #send;
  /** Those of the client that are not answered. @type {Set<number>} */
  #open = new Set();
  /** Those that were sent, and of which the client wants no answer any more, as long as none has come. @type {Set<number>} */
  #cancelled = new Set();
  /** @type {Map<number, ReturnType<typeof itemStream>>} */
  #streams = new Map();
  /** Those of the server that the application is at. @type {Map<number, ReturnType<typeof abortion>>} */
  #serving = new Map();
  /** @type {RequestHandler | undefined} */
  #handler;

  /**
   * @param {{isUsable: boolean}} connection
   * @param {Outbox} outbox
   * @param {Clock} clock
   * @param {(frame: OutgoingFrame) => unknown} send sends a frame if the connection is open
   */
  constructor(connection, outbox, clock, send) {
    this.#connection = connection;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#send = send;
  }

  /**
   * @param {RequestOptions} options
   * @param {boolean} isCall whether it has to name a method
   * @returns {Promise<any>}
   */
  request(options, isCall) {
    const outcome = this.#request(options, isCall);
    if (options?.success || options?.fail || options?.complete) {
      report(outcome, options);
    }
    return outcome;
  }

  /** @param {RequestOptions} options @param {boolean} isCall */
  async #request(options, isCall) {
    requireOptions(options, isCall ? 'callFunction({ method: "add", data: … })' : "request({ data: … })");
    const { data, method, signal } = options;
    const patience = option("request.timeout", options.timeout);
    checkMethod(method, isCall);
    const { outcome, giveUp } = this.#ask({ method, data }, signal);
    const callOff = deadline(this.#clock, patience, () => giveUp(noWord("request")));
    try {
      return await outcome;
    } finally {
      callOff();
    }
  }

  /** @param {StreamOptions} options */
  stream(options) {
    requireOptions(options, "stream({ data: … })");
    const { data, method, signal } = options;
    const credit = option("stream.credit", options.credit);
    checkMethod(method, false);
    let id = 0;
    const stream = itemStream(credit, {
      start: (fail) => {
        const { outcome, giveUp } = this.#ask({ method, credit, data }, signal, (its) => {
          id = its;
          this.#streams.set(id, stream);
        });
        void outcome.catch(fail).then(() => this.#streams.delete(id));
        return () => giveUp(cancelled());
      },
      give: (total) => void this.#send({ type: "credit", re: id, total }),
    });
    return stream.iterator;
  }

  /**
   * @param {Omit<OutgoingFrame, "type">} frame
   * @param {AbortSignalLike} [signal]
   * @param {(id: number) => void} [given]
   */
  #ask(frame, signal, given) {
    let id = 0;
    const ended = this.#connection.isUsable ? undefined : hasEnded();
    const refusal = signal?.aborted ? cancelled() : ended;
    const outcome = refusal
      ? Promise.reject(refusal)
      : this.#outbox.add({ type: "request", ...frame }, undefined, (its) => {
          id = its;
          this.#open.add(id);
          given?.(id);
        });
    /** @param {VkError} error */
    const giveUp = (error) => {
      if (this.#outbox.drop(id, error)) {
        this.#cancelled.add(id);
        this.#send({ type: "cancel", re: id });
      }
    };
    const abort = () => giveUp(cancelled());
    signal?.addEventListener("abort", abort);
    const over = () => {
      this.#open.delete(id);
      signal?.removeEventListener?.("abort", abort);
    };
    outcome.then(over, over);
    return { outcome, giveUp };
  }

  /** Whether a request has that id, or had it and was cancelled: then this is its end. @param {number} id */
  has(id) {
    return this.#cancelled.delete(id) || this.#open.has(id);
  }

  /** @param {Record<string, any>} frame */
  answered({ re, data = null, end = false }) {
    if (!this.#cancelled.delete(re)) {
      this.#streams.get(re)?.end(end);
      this.#outbox.handled(re, data);
    }
  }

  /** @param {Record<string, any>} frame */
  item({ re, data = null }) {
    this.#streams.get(re)?.push(data);
  }

  /** The session goes on over another socket, and the server may not have heard what was said of it. */
  resumed() {
    this.#cancelled.forEach((re) => this.#send({ type: "cancel", re }));
    this.#streams.forEach((stream, re) => stream.hasGiven() && this.#send({ type: "credit", re, total: stream.total() }));
  }

  /** The session is gone, and with it what the server asked for. */
  lose() {
    this.#cancelled.clear();
    this.#outbox.dropAnswers();
    const serving = [...this.#serving.values()];
    this.#serving.clear();
    serving.forEach((one) => one.abort());
  }

  /** @param {RequestHandler} handler */
  listen(handler) {
    if (typeof handler !== "function") {
      throw badRequest("onRequest takes a function that answers");
    }
    this.#handler = handler;
    return () => {
      if (this.#handler === handler) {
        this.#handler = undefined;
      }
    };
  }

  /** The server does not want an answer any more. @param {number} id */
  abort(id) {
    const one = this.#serving.get(id);
    this.#serving.delete(id);
    one?.abort();
  }

  /** @param {Record<string, any>} frame */
  serve({ id, data = null }) {
    const one = abortion();
    this.#serving.set(id, one);
    void this.#serve(id, data, one);
  }

  /**
   * @param {number} id
   * @param {unknown} request
   * @param {ReturnType<typeof abortion>} one
   */
  async #serve(id, request, one) {
    const answer = (/** @type {{data?: unknown, err?: {code: number, msg: string}}} */ more) =>
      this.#serving.get(id) === one ? this.#outbox.add({ type: "response", re: id, ...more }, undefined, () => this.#serving.delete(id)) : undefined;
    try {
      if (!this.#handler) {
        throw new VkError(Code.NOT_CALLABLE, "this client answers no requests");
      }
      await answer({ data: await this.#handler(request, { signal: one.signal }) });
    } catch (e) {
      // What came after the answer left is not the handler's.
      await answer({ err: errorOf(e) })?.catch(() => {});
    }
  }
}

function cancelled() {
  return new VkError(Code.CANCELLED, "the request was cancelled", { status: "cancelled" });
}

/** @param {unknown} method @param {boolean} isNeeded */
function checkMethod(method, isNeeded) {
  if (method === undefined ? isNeeded : typeof method !== "string" || !method) {
    throw badRequest("method is the name of a method of the cloud object");
  }
}

/**
 * What the server is told of a failure: never where in the code it happened.
 *
 * @param {unknown} e
 */
function errorOf(e) {
  const code = e instanceof VkError && Number.isInteger(e.code) && Math.abs(e.code) < 2 ** 31 ? e.code : 0;
  const msg = e instanceof Error ? e.message : String(e);
  return { code: code || Code.FAIL, msg: [...msg].slice(0, MOST_CHARACTERS).join("") };
}
