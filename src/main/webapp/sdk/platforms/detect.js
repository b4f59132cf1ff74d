import { browserPlatform } from "./browser.js";
import { nodePlatform } from "./node.js";
import { uniPlatform } from "./uni.js";
import { wxPlatform } from "./wx.js";

/** @import {Platform} from "../types.js" */

/**
 * The platform that the SDK finds itself on: uni ahead of wx, because what uni-app makes of a page has both.
 *
 * @returns {Platform}
 */
export function detect() {
  // By name: mini programs have these in the scope of every module, but not on globalThis.
  // And as a whole: in its builds for H5, uni-app makes an import of a member such as uni.x, and leaves uni itself empty.
  const api = typeof uni === "undefined" ? undefined : uni;
  if (api?.connectSocket) {
    return uniPlatform(api);
  }
  if (typeof wx !== "undefined" && wx.connectSocket) {
    return wxPlatform(wx);
  }
  return typeof document === "undefined" ? nodePlatform() : browserPlatform();
}
