import { miniPlatform } from "./mini.js";

/**
 * A WeChat mini program without uni-app.
 *
 * @param {any} wx
 */
export function wxPlatform(wx) {
  return miniPlatform(wx, "mp-weixin");
}
