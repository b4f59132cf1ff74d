/**
 * Node.js: with its own `WebSocket`, which it has from version 22 on, with one that is given, or with the package `ws`. It
 * shows nothing and forgets logins when the process ends, unless it is given a storage.
 *
 * @param {{WebSocket?: any, storage?: Platform["storage"]}} [options]
 * @returns {Platform}
 */
export function nodePlatform({ WebSocket, storage }?: {
    WebSocket?: any;
    storage?: Platform["storage"];
}): Platform;
import type { Platform } from "../types.js";
