/**
 * The encrypted channel of `cloudobjects.v1`.
 *
 * @module
 */
import { decodeBase64, encodeUtf8 } from "./bytes.js";
import { concat, initiate as begin } from "./noise.js";
import { webCrypto } from "./webcrypto.js";

/** @import {Cipher, Encryption, EncryptionContext, Handshake, Primitives} from "./types.js" */

const HANDSHAKE = 2;
const SEALED = 3;
const KEY = 32;
const KEY_ID = 8;
const PROLOGUE = "cloudobjects.v1 Noise_NK_25519_AESGCM_SHA256";

/**
 * What both ends have to agree on: every field with its length in front.
 *
 * @param {string} path
 * @param {string} channel
 * @param {string} appid
 * @param {string} ticket
 * @returns {Uint8Array}
 */
export function prologue(path, channel, appid, ticket) {
  const fields = [PROLOGUE, path, channel, appid, ticket].map((text) => {
    const bytes = encodeUtf8(text);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return concat(length, bytes);
  });
  return concat(...fields);
}

/**
 * @param {Uint8Array} message
 * @param {number} kind
 */
function inside(message, kind) {
  if (message[0] !== kind) {
    throw new Error("a message in clear");
  }
  return message.slice(1);
}

/**
 * The encrypted channel on some primitives.
 *
 * @param {Primitives} primitives
 * @param {number} [rekeyAfter] for tests
 * @returns {Encryption}
 */
export function encryptionWith(primitives, rekeyAfter) {
  return {
    /**
     * @param {EncryptionContext} context
     * @returns {Promise<Handshake>}
     */
    async initiate({ url, channel, appid, ticket, key }) {
      const serverKey = decodeBase64(`${key.replace(/-/g, "+").replace(/_/g, "/")}=`);
      if (serverKey?.length !== KEY) {
        throw new Error(`encryptionKeys: '${key}' is not a key`);
      }
      const id = (await primitives.sha256(serverKey)).slice(0, KEY_ID);
      const terms = { serverKey, prologue: prologue(url, channel, appid, ticket), rekeyAfter };
      const handshake = await begin(primitives, terms);
      return {
        message: concat(Uint8Array.of(HANDSHAKE), id, handshake.message),
        /** @returns {Promise<Cipher>} */
        async finish(answer) {
          const noise = await handshake.finish(inside(answer, HANDSHAKE));
          return {
            seal: async (plain) => concat(Uint8Array.of(SEALED), await noise.seal(plain)),
            open: async (message) => noise.open(inside(message, SEALED)),
          };
        },
      };
    },
  };
}

/** By WebCrypto, in a page that came over https, or in Node.js. */
export const { initiate } = encryptionWith(webCrypto);
