/** @import {Happening, Platform} from "../types.js" */
/**
 * A browser.
 *
 * @returns {Platform}
 */
export function browserPlatform(): Platform;
import type { Platform } from "../types.js";
