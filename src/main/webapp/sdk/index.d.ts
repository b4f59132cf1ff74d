/**
 * Makes a client. One is enough for a page: its connections are shared by all who use it.
 *
 * @param {VkOptions} [options]
 * @returns {Vk}
 */
export function createVk(options?: VkOptions): Vk;
export { VkError } from "./errors.js";
export { browserPlatform } from "./platforms/browser.js";
export { nodePlatform } from "./platforms/node.js";
export { uniPlatform } from "./platforms/uni.js";
export { wxPlatform } from "./platforms/wx.js";
/** @typedef {import("./types.js").Vk} Vk */
/** @typedef {import("./types.js").VkOptions} VkOptions */
/**
 * @template [ToServer=unknown] what is sent
 * @template [FromServer=any] what is received
 * @typedef {import("./types.js").CloudSocket<ToServer, FromServer>} CloudSocket
 */
/** @typedef {import("./types.js").VkMessage} VkMessage */
/** @typedef {import("./types.js").Platform} Platform */
/** The version of the SDK. */
export const version: "0.1.0";
export type Vk = import("./types.js").Vk;
export type VkOptions = import("./types.js").VkOptions;
export type CloudSocket<ToServer = unknown, FromServer = any> = import("./types.js").CloudSocket<ToServer, FromServer>;
export type VkMessage = import("./types.js").VkMessage;
export type Platform = import("./types.js").Platform;
export { CloseCode, Code, mayReconnect } from "./codes.js";
