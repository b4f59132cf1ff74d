/**
 * @param {(length: number) => Uint8Array | Promise<Uint8Array>} [random] secure random bytes, where the platform has
 *   no `crypto.getRandomValues`
 * @returns {Primitives}
 */
export function noble(random?: (length: number) => Uint8Array | Promise<Uint8Array>): Primitives;
/**
 * The encrypted channel, for the option `encryption`.
 *
 * @param {(length: number) => Uint8Array | Promise<Uint8Array>} [random] secure random bytes, where the platform has neither
 *   `crypto.getRandomValues` nor `wx.getRandomValues`
 * @returns {Encryption}
 */
export function nobleEncryption(random?: (length: number) => Uint8Array | Promise<Uint8Array>): Encryption;
export const initiate: (context: import("./types.js").EncryptionContext) => Promise<import("./types.js").Handshake>;
import type { Primitives } from "./types.js";
import type { Encryption } from "./types.js";
