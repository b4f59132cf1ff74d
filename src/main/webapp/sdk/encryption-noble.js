/**
 * The encrypted channel for platforms whose WebCrypto is missing or has no X25519, by the packages `@noble/ciphers`,
 * `@noble/curves` and `@noble/hashes`, which have to be installed:
 *
 *     import { nobleEncryption } from "@cloud-objects/sdk/encryption-noble";
 *     createVk({ encryption: nobleEncryption() });
 *
 * @module
 */
import { gcm } from "@noble/ciphers/aes.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { encryptionWith } from "./encryption.js";

/** @import {Encryption, Primitives} from "./types.js" */

/**
 * Random bytes of the platform: from `crypto`, or from `wx` in a mini program.
 *
 * @param {number} length
 * @returns {Uint8Array | Promise<Uint8Array>}
 */
function platformRandom(length) {
  if (typeof crypto === "object" && typeof crypto.getRandomValues === "function") {
    return crypto.getRandomValues(new Uint8Array(length));
  }
  const api = typeof wx === "undefined" ? undefined : wx;
  if (typeof api?.getRandomValues !== "function") {
    throw new Error("this platform has no source of secure random bytes: give nobleEncryption a function of your own");
  }
  return new Promise((resolve, reject) => {
    api.getRandomValues({
      length,
      success: (/** @type {any} */ { randomValues }) => resolve(new Uint8Array(randomValues)),
      fail: (/** @type {any} */ e) => reject(new Error(e?.errMsg ?? "getRandomValues failed")),
    });
  });
}

/**
 * @param {(length: number) => Uint8Array | Promise<Uint8Array>} [random] secure random bytes, where the platform has
 *   no `crypto.getRandomValues`
 * @returns {Primitives}
 */
export function noble(random = platformRandom) {
  return {
    async keyPair() {
      const secret = await random(32);
      if (secret.length !== 32) {
        throw new Error("random gave another number of bytes than it was asked for");
      }
      return { secret, publicKey: x25519.getPublicKey(secret) };
    },
    agree: async (secret, peer) => x25519.getSharedSecret(/** @type {Uint8Array} */ (secret), peer),
    sha256: async (data) => sha256(data),
    hmac: async (key, data) => hmac(sha256, key, data),
    aead: async (key) => ({
      seal: async (nonce, ad, plain) => gcm(key, nonce, ad).encrypt(plain),
      open: async (nonce, ad, sealed) => gcm(key, nonce, ad).decrypt(sealed),
    }),
  };
}

/**
 * The encrypted channel, for the option `encryption`.
 *
 * @param {(length: number) => Uint8Array | Promise<Uint8Array>} [random] secure random bytes, where the platform has neither
 *   `crypto.getRandomValues` nor `wx.getRandomValues`
 * @returns {Encryption}
 */
export function nobleEncryption(random) {
  return encryptionWith(noble(random));
}

export const { initiate } = encryptionWith(noble());
