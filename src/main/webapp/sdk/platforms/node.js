import { memory, webRequest, webSockets } from "./web.js";

/** @import {Platform} from "../types.js" */

/**
 * Node.js 22 or later, or an earlier one with a `WebSocket` from elsewhere. It shows nothing and forgets logins when the
 * process ends, unless it is given a storage.
 *
 * @param {{WebSocket?: any, storage?: Platform["storage"]}} [options]
 * @returns {Platform}
 */
export function nodePlatform({ WebSocket, storage = memory() } = {}) {
  return {
    name: "node",
    os: /** @type {any} */ (globalThis).process?.platform,
    openSocket: webSockets(WebSocket),
    request: webRequest,
    storage,
    watch: () => () => {},
    ui: {
      mask() {},
      toast() {},
      navigate() {},
      currentPage: () => ({ fullPath: "", route: "", options: {} }),
    },
  };
}
