/**
 * How the end of a connection is told.
 *
 * @module
 */
import { decodeUtf8, encodeUtf8 } from "./bytes.js";
import { CloseCode, LOST, isTokenCode } from "./codes.js";

/** @import {ErrorEvent, VkMessage} from "./types.js" */
/** @import {Loss} from "./internal.js" */

const MAX_REASON_BYTES = 123;
const ANNOUNCED = {
  forceLogout: CloseCode.FORCE_LOGOUT,
  invalidToken: CloseCode.INVALID_TOKEN,
  error: CloseCode.REFUSED,
};

/**
 * The end that an event has announced, when the close itself stays away.
 *
 * @param {VkMessage} message
 * @returns {Loss}
 */
export function announcedEnd({ type, err }) {
  return { code: ANNOUNCED[type], reason: err?.msg ?? type, wasClean: false };
}

/**
 * The event that a refused address stands for: the same as the server sends when the socket is open.
 *
 * @param {Loss} loss
 * @returns {VkMessage | undefined}
 */
function refusalEvent({ code, err }) {
  return err && code !== LOST ? { type: isTokenCode(err.code) ? "invalidToken" : "error", err, close: true } : undefined;
}

/**
 * What is told to listeners, in this order. A close on purpose, by whichever side, is no error.
 *
 * @param {Loss} loss
 * @param {VkMessage | undefined} announced
 * @param {boolean} isOurs whether the application has closed it
 * @returns {[name: string, value: unknown][]}
 */
export function lastWords(loss, announced, isOurs) {
  const { code, reason, wasClean } = loss;
  const event = announced ?? refusalEvent(loss);
  const err = event?.err ?? loss.err;
  const isError = !isOurs && code !== CloseCode.NORMAL && code !== CloseCode.CLOSED_BY_OBJECT;
  /** @type {ErrorEvent} */
  const error = { code: err?.code ?? code, errMsg: err?.msg ?? reason, err };
  return [
    ...(event ? [/** @type {[string, unknown]} */ (["vkMessage", event])] : []),
    ...(isError ? [/** @type {[string, unknown]} */ (["error", error])] : []),
    ["close", { code, reason, wasClean }],
  ];
}

/**
 * As much of a reason as a close frame can carry.
 *
 * @param {string} reason
 */
export function fit(reason) {
  const bytes = encodeUtf8(reason);
  let end = Math.min(bytes.length, MAX_REASON_BYTES);
  // Back to where a character begins.
  while ((bytes[end] & 0xc0) === 0x80) {
    end--;
  }
  return decodeUtf8(bytes.subarray(0, end));
}
