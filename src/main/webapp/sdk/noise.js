/**
 * The handshake `Noise_NK_25519_AESGCM_SHA256` of the Noise Protocol Framework, revision 34, on the side of the client,
 * and the channel that it gives. Primitives come from outside.
 *
 * @module
 */
import { encodeUtf8 } from "./bytes.js";

/** @import {Aead, Primitives} from "./types.js" */

const PROTOCOL = "Noise_NK_25519_AESGCM_SHA256";
const HASH = 32;
const NOTHING = new Uint8Array(0);
/** After so many messages a direction goes on with a new key: by count, as the server counts. */
const REKEY_AFTER = 2 ** 20;

/** @param {Uint8Array[]} parts */
export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The nonce of a message: 32 bits of zero, then its number, most significant byte first.
 *
 * @param {number} number
 */
export function nonce(number) {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, Math.floor(number / 2 ** 32));
  view.setUint32(8, number >>> 0);
  return bytes;
}

/** Makes the next key, and is never the nonce of a message. */
const LAST_NONCE = concat(new Uint8Array(4), new Uint8Array(8).fill(255));

/**
 * HKDF of RFC 5869, as Noise uses it: without info, two outputs of 32 bytes.
 *
 * @param {Primitives} primitives
 * @param {Uint8Array} salt
 * @param {Uint8Array} input
 */
export async function hkdf({ hmac }, salt, input) {
  const key = await hmac(salt, input);
  const first = await hmac(key, Uint8Array.of(1));
  const second = await hmac(key, concat(first, Uint8Array.of(2)));
  key.fill(0);
  return [first, second];
}

/**
 * The secret shared with a peer, whose key has to contribute to it.
 *
 * @param {Primitives} primitives
 * @param {unknown} secret
 * @param {Uint8Array} peer
 */
export async function agree(primitives, secret, peer) {
  const shared = peer.length === HASH ? await primitives.agree(secret, peer) : NOTHING;
  if (shared.every((byte) => byte === 0)) {
    throw new Error("the peer's key is not one");
  }
  return shared;
}

/** One direction of a channel. Messages go through it one after another; after one that failed, none does. */
class Direction {
  #primitives;
  #rekeyAfter;
  /** @type {Promise<Aead>} */
  #aead;
  #next = 0;
  /** @type {Promise<any>} */
  #turn = Promise.resolve();

  /**
   * @param {Primitives} primitives
   * @param {Uint8Array} key
   * @param {number} rekeyAfter
   */
  constructor(primitives, key, rekeyAfter) {
    this.#primitives = primitives;
    this.#rekeyAfter = rekeyAfter;
    this.#aead = primitives.aead(key);
  }

  /**
   * @param {"seal" | "open"} operation
   * @param {Uint8Array} message
   * @returns {Promise<Uint8Array>}
   */
  pass(operation, message) {
    // A failure stays in the chain: whatever comes behind it fails as well.
    this.#turn = this.#turn.then(() => this.#pass(operation, message));
    this.#turn.catch(() => {});
    return this.#turn;
  }

  /**
   * @param {"seal" | "open"} operation
   * @param {Uint8Array} message
   */
  async #pass(operation, message) {
    const aead = await this.#aead;
    const passed = await aead[operation](nonce(this.#next), NOTHING, message);
    this.#next++;
    if (this.#next % this.#rekeyAfter === 0) {
      const key = (await aead.seal(LAST_NONCE, NOTHING, new Uint8Array(HASH))).slice(0, HASH);
      this.#aead = this.#primitives.aead(key);
      await this.#aead;
    }
    return passed;
  }
}

/**
 * Begins a handshake.
 *
 * @param {Primitives} primitives
 * @param {object} terms
 * @param {Uint8Array} terms.serverKey the server's public key
 * @param {Uint8Array} terms.prologue what both have to agree on
 * @param {Uint8Array} [terms.payload] what to say in the first message; it lacks forward secrecy
 * @param {number} [terms.rekeyAfter] for tests
 */
export async function initiate(primitives, { serverKey, prologue, payload = NOTHING, rekeyAfter = REKEY_AFTER }) {
  /** @type {Uint8Array} */
  let hash = concat(encodeUtf8(PROTOCOL), new Uint8Array(HASH - PROTOCOL.length));
  let chainingKey = hash;

  /** @param {Uint8Array} data */
  const mixHash = async (data) => {
    hash = await primitives.sha256(concat(hash, data));
  };
  /**
   * Takes a shared secret in, and gives the cipher for the one message that follows.
   *
   * @param {Uint8Array} secret
   */
  const mixKey = async (secret) => {
    const [next, key] = await hkdf(primitives, chainingKey, secret);
    secret.fill(0);
    chainingKey = next;
    return primitives.aead(key);
  };

  await mixHash(prologue);
  await mixHash(serverKey);
  const ephemeral = await primitives.keyPair();
  await mixHash(ephemeral.publicKey);
  const first = await mixKey(await agree(primitives, ephemeral.secret, serverKey));
  const said = await first.seal(nonce(0), hash, payload);
  await mixHash(said);

  return {
    message: concat(ephemeral.publicKey, said),

    /**
     * Takes the server's answer.
     *
     * @param {Uint8Array} answer
     */
    async finish(answer) {
      const peer = answer.slice(0, HASH);
      const sealed = answer.slice(HASH);
      await mixHash(peer);
      const second = await mixKey(await agree(primitives, ephemeral.secret, peer));
      const opened = await second.open(nonce(0), hash, sealed);
      await mixHash(sealed);
      const [out, back] = await hkdf(primitives, chainingKey, NOTHING);
      chainingKey.fill(0);
      const sending = new Direction(primitives, out, rekeyAfter);
      const receiving = new Direction(primitives, back, rekeyAfter);
      return {
        payload: opened,
        hash,
        /** @param {Uint8Array} plain */
        seal: (plain) => sending.pass("seal", plain),
        /** @param {Uint8Array} message */
        open: (message) => receiving.pass("open", message),
      };
    },
  };
}
