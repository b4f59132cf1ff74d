import { browserPlatform } from "./browser.js";
import { canConnect } from "./mini.js";
import { nodePlatform } from "./node.js";
import { uniPlatform } from "./uni.js";
import { foundUni } from "./uni-members.js";
import { wxPlatform } from "./wx.js";

/** @import {Platform} from "../types.js" */

/**
 * The platform that the SDK finds itself on: uni ahead of wx, because what uni-app makes of a page has both. A global of such a
 * name is not enough, it must have the functions: uni-app's builds for H5 have an empty `wx`.
 *
 * @returns {Platform}
 */
export function detect() {
  const uniApi = foundUni();
  if (canConnect(uniApi)) {
    return uniPlatform(uniApi);
  }
  // By name: mini programs have it in the scope of every module, but not on globalThis.
  const wxApi = typeof wx === "undefined" ? undefined : wx;
  if (canConnect(wxApi)) {
    return wxPlatform(wxApi);
  }
  return typeof document === "undefined" ? nodePlatform() : browserPlatform();
}
