/**
 * What both ends have to agree on: every field with its length in front.
 *
 * @param {string} path
 * @param {string} channel
 * @param {string} appid
 * @param {string} ticket
 * @returns {Uint8Array}
 */
export function prologue(path: string, channel: string, appid: string, ticket: string): Uint8Array;
/**
 * The encrypted channel on some primitives.
 *
 * @param {Primitives} primitives
 * @param {number} [rekeyAfter] for tests
 * @returns {Encryption}
 */
export function encryptionWith(primitives: Primitives, rekeyAfter?: number): Encryption;
export const initiate: (context: EncryptionContext) => Promise<Handshake>;
import type { Primitives } from "./types.js";
import type { Encryption } from "./types.js";
import type { EncryptionContext } from "./types.js";
import type { Handshake } from "./types.js";
