/**
 * A WeChat mini program without uni-app.
 *
 * @param {any} wx
 */
export function wxPlatform(wx: any): import("../types.js").Platform;
