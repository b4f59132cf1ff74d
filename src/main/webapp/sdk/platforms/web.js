import { deadline, systemClock } from "../clock.js";
import { badRequest } from "../errors.js";
import { retryAfter } from "../options.js";

/** @import {HttpRequest, OpenSocket, SocketHandlers} from "../types.js" */

/**
 * Sockets by the standard `WebSocket`.
 *
 * @param {() => any} [find] gives the constructor, if there is one
 * @param {string} [remedy] what to do when there is none
 * @returns {OpenSocket}
 */
export function webSockets(find = () => globalThis.WebSocket, remedy = "it can't connect") {
  const required = () => {
    const Socket = find();
    if (typeof Socket !== "function") {
      throw badRequest(`this platform has no WebSocket: ${remedy}`);
    }
    return Socket;
  };
  /** @type {OpenSocket} */
  const open = (/** @type {string} */ url, /** @type {string} */ protocol, /** @type {SocketHandlers} */ handlers) => {
    /** @type {WebSocket} */
    const socket = new (required())(url, [protocol]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => handlers.open();
    socket.onmessage = ({ data }) => handlers.message(typeof data === "string" ? data : new Uint8Array(data));
    socket.onclose = ({ code, reason, wasClean }) => handlers.close({ code, reason, wasClean });
    socket.onerror = () => handlers.error("the socket failed");
    return {
      send: (bytes) => socket.send(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)),
      close: (code, reason) => socket.close(code, reason),
    };
  };
  open.check = () => void required();
  return open;
}

/**
 * Requests by `fetch`.
 *
 * @param {HttpRequest} request
 */
export async function webRequest({ url, headers, body, timeout }) {
  const controller = new AbortController();
  const { signal } = controller;
  const callOff = deadline(systemClock, timeout, () => controller.abort(new Error(`none within ${timeout} ms`)));
  try {
    const reply = await fetch(url, { method: "POST", headers, body, signal, credentials: "omit" });
    return {
      status: reply.status,
      text: await reply.text(),
      retryAfter: retryAfter(reply.headers.get("Retry-After"), Date.parse(reply.headers.get("Date") ?? "") || Date.now()),
    };
  } finally {
    callOff();
  }
}

/**
 * Storage that lasts as long as the process, or the page.
 *
 * @returns {import("../types.js").Platform["storage"]}
 */
export function memory() {
  /** @type {Map<string, string>} */
  const map = new Map();
  return {
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  };
}
