import { Code } from "./codes.js";

/** @import {Answer} from "./types.js" */

/** A failure: of a call, of a message, or of arguments. */
export class VkError extends Error {
  /**
   * @param {number} code
   * @param {string} msg
   * @param {{requestId?: string, status?: VkError["status"], httpStatus?: number, retryAfter?: number, answer?: Answer}} [more]
   */
  constructor(code, msg, more = {}) {
    super(msg);
    this.name = "VkError";
    /** A value of `Code`, or one of the application's. */
    this.code = code;
    this.msg = msg;
    /** Names the failed call in the server's log. */
    this.requestId = more.requestId;
    /**
     * What became of a message. `refused`: the server answered with an error. `full`: it was never sent, the queue has
     * reached its limit. `closed`: it was never sent, the connection has ended. `lost`: it was sent, and the connection
     * lost before the server's word, so it may have been handled. `timeout`: as `lost` or never sent, within the time.
     * `cancelled`: the application wants no answer any more; it may have been handled.
     *
     * @type {"refused" | "full" | "closed" | "lost" | "timeout" | "cancelled" | undefined}
     */
    this.status = more.status;
    /** The HTTP status of a call; 0 when no answer came. */
    this.httpStatus = more.httpStatus;
    /** Seconds that the server asks to wait. */
    this.retryAfter = more.retryAfter;
    /** The whole answer of a call that failed. */
    this.answer = more.answer;
  }
}

/**
 * Refuses arguments that are no options, such as the data alone.
 *
 * @param {unknown} options
 * @param {string} example
 */
export function requireOptions(options, example) {
  if (Object.prototype.toString.call(options) !== "[object Object]") {
    throw badRequest(`the argument is an object of options: write ${example}`);
  }
}

/**
 * What a caller got wrong.
 *
 * @param {string} msg
 */
export function badRequest(msg) {
  return new VkError(Code.BAD_REQUEST, msg);
}
