/** @import {Platform} from "../types.js" */
/**
 * uni-app: any of its targets. The server is told what vk-unicloud tells: the target (`h5`, `mp-weixin`, `app`, …), the application's id
 * of `manifest.json`, the system and the language by uni's names.
 *
 * @param {any} uni
 * @returns {Platform}
 */
export function uniPlatform(uni: any): Platform;
import type { Platform } from "../types.js";
