/**
 * The primitives of the encrypted channel on WebCrypto.
 *
 * @module
 */

/** @import {Primitives} from "./types.js" */

const X25519 = { name: "X25519" };
const HMAC = { name: "HMAC", hash: "SHA-256" };

/** @returns {SubtleCrypto} */
function subtle() {
  const found = globalThis.crypto?.subtle;
  if (!found) {
    throw new Error("this platform has no WebCrypto");
  }
  return found;
}

/** @param {Uint8Array} bytes */
const source = (bytes) => /** @type {Uint8Array<ArrayBuffer>} */ (bytes);

/** @type {Primitives} */
export const webCrypto = {
  async keyPair() {
    /** @type {CryptoKeyPair} */
    let pair;
    try {
      pair = /** @type {CryptoKeyPair} */ (await subtle().generateKey(X25519, false, ["deriveBits"]));
    } catch (e) {
      throw new Error(`this platform's WebCrypto has no X25519 (${e}): see the option encryption`);
    }
    return { secret: pair.privateKey, publicKey: new Uint8Array(await subtle().exportKey("raw", pair.publicKey)) };
  },

  async agree(secret, peer) {
    const key = await subtle().importKey("raw", source(peer), X25519, false, []);
    const own = /** @type {CryptoKey} */ (secret);
    return new Uint8Array(await subtle().deriveBits({ ...X25519, public: key }, own, 256));
  },

  async sha256(data) {
    return new Uint8Array(await subtle().digest("SHA-256", source(data)));
  },

  async hmac(key, data) {
    const imported = await subtle().importKey("raw", source(key), HMAC, false, ["sign"]);
    return new Uint8Array(await subtle().sign("HMAC", imported, source(data)));
  },

  async aead(bytes) {
    const key = await subtle().importKey("raw", source(bytes), "AES-GCM", false, ["encrypt", "decrypt"]);
    bytes.fill(0);
    /** @param {Uint8Array} nonce @param {Uint8Array} ad */
    const how = (nonce, ad) => ({ name: "AES-GCM", iv: source(nonce), additionalData: source(ad), tagLength: 128 });
    return {
      seal: async (nonce, ad, plain) => new Uint8Array(await subtle().encrypt(how(nonce, ad), key, source(plain))),
      open: async (nonce, ad, sealed) => new Uint8Array(await subtle().decrypt(how(nonce, ad), key, source(sealed))),
    };
  },
};
