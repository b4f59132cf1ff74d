/** @import {Platform} from "../types.js" */
/**
 * Node.js 22 or later, or an earlier one with a `WebSocket` from elsewhere. It shows nothing and forgets logins when the
 * process ends, unless it is given a storage.
 *
 * @param {{WebSocket?: any, storage?: Platform["storage"]}} [options]
 * @returns {Platform}
 */
export function nodePlatform({ WebSocket, storage }?: {
    WebSocket?: any;
    storage?: Platform["storage"];
}): Platform;
import type { Platform } from "../types.js";
