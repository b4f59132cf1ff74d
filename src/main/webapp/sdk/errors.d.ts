/**
 * Refuses arguments that are no options, such as the data alone.
 *
 * @param {unknown} options
 * @param {string} example
 */
export function requireOptions(options: unknown, example: string): void;
/**
 * What a caller got wrong.
 *
 * @param {string} msg
 */
export function badRequest(msg: string): VkError;
/** @import {Answer} from "./types.js" */
/** A failure: of a call, of a message, or of arguments. */
export class VkError extends Error {
    /**
     * @param {number} code
     * @param {string} msg
     * @param {{requestId?: string, status?: VkError["status"], httpStatus?: number, retryAfter?: number, answer?: Answer}} [more]
     */
    constructor(code: number, msg: string, more?: {
        requestId?: string;
        status?: VkError["status"];
        httpStatus?: number;
        retryAfter?: number;
        answer?: Answer;
    });
    /** A value of `Code`, or one of the application's. */
    code: number;
    msg: string;
    /** Names the failed call in the server's log. */
    requestId: string | undefined;
    /**
     * What became of a message. `refused`: the server answered with an error. `full`: it was never sent, the queue has
     * reached its limit. `closed`: it was never sent, the connection has ended. `lost`: it was sent, and the connection
     * lost before the server's word, so it may have been handled. `timeout`: as `lost` or never sent, within the time.
     * `cancelled`: the application wants no answer any more; it may have been handled.
     *
     * @type {"refused" | "full" | "closed" | "lost" | "timeout" | "cancelled" | undefined}
     */
    status: "refused" | "full" | "closed" | "lost" | "timeout" | "cancelled" | undefined;
    /** The HTTP status of a call; 0 when no answer came. */
    httpStatus: number | undefined;
    /** Seconds that the server asks to wait. */
    retryAfter: number | undefined;
    /** The whole answer of a call that failed. */
    answer: Answer | undefined;
}
import type { Answer } from "./types.js";
