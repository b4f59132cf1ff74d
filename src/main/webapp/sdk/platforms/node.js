import { ownAddress } from "./own-address.js";
import { memory, webRequest, webSockets } from "./web.js";

/** @import {Platform} from "../types.js" */

const REMEDY = "use Node.js 22 or later, install the package ws, or give nodePlatform({ WebSocket }) one";

/**
 * Node.js: with its own `WebSocket`, which it has from version 22 on, with one that is given, or with the package `ws`. It
 * shows nothing and forgets logins when the process ends, unless it is given a storage.
 *
 * @param {{WebSocket?: any, storage?: Platform["storage"]}} [options]
 * @returns {Platform}
 */
export function nodePlatform({ WebSocket, storage = memory() } = {}) {
  return {
    name: "node",
    os: /** @type {any} */ (globalThis).process?.platform,
    openSocket: webSockets(() => WebSocket ?? globalThis.WebSocket ?? installed("ws"), REMEDY),
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

/**
 * A package that is installed beside the application or the SDK. Not by `import`, which bundlers would follow to a package that most
 * applications do not have.
 *
 * @param {string} name
 */
function installed(name) {
  const { process } = /** @type {any} */ (globalThis);
  const { createRequire } = process?.getBuiltinModule?.("module") ?? {};
  for (const place of [ownAddress, () => process.argv[1], () => `${process.cwd()}/`]) {
    try {
      return createRequire(place())(name);
    } catch {
      // Not there.
    }
  }
  return undefined;
}
