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
  if (typeof uni !== "undefined" && uni.connectSocket) {
    return uniPlatform(uni);
  }
  if (typeof wx !== "undefined" && wx.connectSocket) {
    return wxPlatform(wx);
  }
  return typeof document === "undefined" ? nodePlatform() : browserPlatform();
}
