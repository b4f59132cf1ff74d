/** @import {HttpRequest, Platform} from "../types.js" */

/**
 * Sockets by the standard `WebSocket`.
 *
 * @param {typeof WebSocket} [Socket]
 * @returns {Platform["openSocket"]}
 */
export function webSockets(Socket = globalThis.WebSocket) {
  return (url, protocol, handlers) => {
    const socket = new Socket(url, [protocol]);
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
}

/**
 * Requests by `fetch`.
 *
 * @param {HttpRequest} request
 */
export async function webRequest({ url, headers, body, timeout }) {
  const signal = AbortSignal.timeout(timeout);
  const reply = await fetch(url, { method: "POST", headers, body, signal, credentials: "omit" });
  return {
    status: reply.status,
    text: await reply.text(),
    retryAfter: Number(reply.headers.get("Retry-After")) || undefined,
  };
}

/**
 * Storage that lasts as long as the process, or the page.
 *
 * @returns {Platform["storage"]}
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
