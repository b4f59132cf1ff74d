import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import "../noble.js";
import { agree, hkdf, initiate, nonce } from "../../../main/webapp/sdk/noise.js";
import { webCrypto } from "../../../main/webapp/sdk/webcrypto.js";
import { encryptionWith, prologue } from "../../../main/webapp/sdk/encryption.js";

/** @import {Primitives} from "../../../main/webapp/sdk/types.js" */

const { noble } = await import("../../../main/webapp/sdk/encryption-noble.js");

/** @param {string} name @returns {any} */
const read = (name) => JSON.parse(readFileSync(new URL(`../../resources/${name}`, import.meta.url), "utf8"));
/** @param {string} text */
const hex = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const PKCS8 = "302e020100300506032b656e04220420";

/** A private key of X25519 for WebCrypto, which takes none as mere bytes. @param {Uint8Array} bytes */
const webKey = (bytes) =>
  crypto.subtle.importKey("pkcs8", Buffer.concat([hex(PKCS8), bytes]), { name: "X25519" }, false, ["deriveBits"]);

/** @type {[string, Primitives, (bytes: Uint8Array) => any][]} */
const PROVIDERS = [
  ["WebCrypto", webCrypto, webKey],
  ["@noble", noble(), (bytes) => bytes],
];

for (const [name, primitives, secretOf] of PROVIDERS) {
  /** The primitives with a pair of keys that is known. @param {string} secret @param {string} [publicKey] */
  const withKey = async (secret, publicKey) => {
    const own = await secretOf(hex(secret));
    const base = Uint8Array.of(9, ...new Uint8Array(31));
    const pair = { secret: own, publicKey: publicKey ? hex(publicKey) : await primitives.agree(own, base) };
    return { ...primitives, keyPair: async () => pair };
  };

  describe(`Noise by ${name}`, () => {
    it("is as published", async () => {
      const { vectors } = read("vectors/noise-nk.json");
      assert.equal(vectors.length, 2);
      for (const vector of vectors) {
        const [first, second, ...rest] = vector.messages;
        const handshake = await initiate(await withKey(vector.init_ephemeral), {
          serverKey: hex(vector.init_remote_static),
          prologue: hex(vector.init_prologue),
          payload: hex(first.payload),
        });
        assert.deepEqual(handshake.message, hex(first.ciphertext));
        const channel = await handshake.finish(hex(second.ciphertext));
        assert.deepEqual(channel.payload, hex(second.payload));
        if (vector.handshake_hash) {
          assert.deepEqual(channel.hash, hex(vector.handshake_hash));
        }
        for (const [i, { payload, ciphertext }] of rest.entries()) {
          if (i % 2 === 0) {
            assert.deepEqual(await channel.seal(hex(payload)), hex(ciphertext));
          } else {
            assert.deepEqual(await channel.open(hex(ciphertext)), hex(payload));
          }
        }
      }
    });

    it("is the client's half of the golden connection, over several keys", async () => {
      const golden = read("protocol/encrypted.json");
      const { url, channel, appid, ticket } = golden.terms;
      assert.deepEqual(prologue(url, channel, appid, ticket), hex(golden.prologue));
      const { secret, public: publicKey } = golden.keys.clientEphemeral;
      const encryption = encryptionWith(await withKey(secret, publicKey), golden.rekeyAfter);
      const key = Buffer.from(golden.keys.server.public, "hex").toString("base64url");
      const handshake = await encryption.initiate({ ...golden.terms, key });
      const [first, answer, ...rest] = golden.messages;
      assert.deepEqual(handshake.message, hex(first.message));
      const cipher = await handshake.finish(hex(answer.message));
      // All at once, as a page may: they leave and are read in order.
      await Promise.all(
        rest.map(async (/** @type {any} */ { from, frame, message }) => {
          if (from === "client") {
            assert.deepEqual(await cipher.seal(hex(frame)), hex(message));
          } else {
            assert.deepEqual(await cipher.open(hex(message)), hex(frame));
          }
        }),
      );
    });

    it("refuses what is damaged, repeated or out of order, and all that follows", async () => {
      const golden = read("protocol/encrypted.json");
      const { secret, public: publicKey } = golden.keys.clientEphemeral;
      const key = Buffer.from(golden.keys.server.public, "hex").toString("base64url");
      const encryption = encryptionWith(await withKey(secret, publicKey), golden.rekeyAfter);
      const [, answer] = golden.messages;
      const [one, two] = golden.messages
        .filter((/** @type {any} */ { from, frame }) => from === "server" && frame)
        .map((/** @type {any} */ { message }) => hex(message));
      const open = async () => (await encryption.initiate({ ...golden.terms, key })).finish(hex(answer.message));
      for (let i = 0; i < one.length; i++) {
        const flipped = one.slice();
        flipped[i] ^= 1;
        const cipher = await open();
        await assert.rejects(async () => cipher.open(flipped), `byte ${i}`);
        if (i > 0) {
          await assert.rejects(async () => cipher.open(one), "a good message behind a bad one");
        }
      }
      const repeated = await open();
      await repeated.open(one);
      await assert.rejects(async () => repeated.open(one));
      const swapped = await open();
      await assert.rejects(async () => swapped.open(two));
      const short = await open();
      await assert.rejects(async () => short.open(Uint8Array.of(3, 1, 2)));
      await assert.rejects(async () => short.open(new Uint8Array(0)));
    });

    it("refuses a server that does not have the key, or met other terms", async () => {
      const golden = read("protocol/encrypted.json");
      const { secret, public: publicKey } = golden.keys.clientEphemeral;
      const encryption = encryptionWith(await withKey(secret, publicKey), golden.rekeyAfter);
      const key = Buffer.from(golden.keys.server.public, "hex").toString("base64url");
      const other = Buffer.from(golden.keys.serverEphemeral.public, "hex").toString("base64url");
      const answer = hex(golden.messages[1].message);
      for (const context of [
        { ...golden.terms, key: other },
        { ...golden.terms, key, channel: "other" },
        { ...golden.terms, key, ticket: "other" },
      ]) {
        const handshake = await encryption.initiate(context);
        await assert.rejects(handshake.finish(answer));
      }
      for (let i = 0; i < answer.length; i++) {
        const handshake = await encryption.initiate({ ...golden.terms, key });
        const flipped = answer.slice();
        flipped[i] ^= 1;
        await assert.rejects(handshake.finish(flipped), `byte ${i}`);
      }
      await assert.rejects(encryption.initiate({ ...golden.terms, key: "not a key" }), /not a key/);
      await assert.rejects(encryption.initiate({ ...golden.terms, key: "A".repeat(43) }));
    });

    it("makes keys of its own", async () => {
      const [one, other] = [await primitives.keyPair(), await primitives.keyPair()];
      assert.equal(one.publicKey.length, 32);
      assert.notDeepEqual(one.publicKey, other.publicKey);
      assert.deepEqual(
        await agree(primitives, one.secret, other.publicKey),
        await agree(primitives, other.secret, one.publicKey),
      );
    });
  });

  describe(`primitives by ${name}`, () => {
    it("agree as Wycheproof says", async () => {
      const cases = read("vectors/wycheproof-x25519.json");
      assert.equal(cases.length, 518);
      for (const { tcId, public: peer, private: secret, shared } of cases) {
        const own = await secretOf(hex(secret));
        if (/^0*$/.test(shared)) {
          await assert.rejects(agree(primitives, own, hex(peer)), `case ${tcId}`);
        } else {
          assert.deepEqual(await agree(primitives, own, hex(peer)), hex(shared), `case ${tcId}`);
        }
      }
    });

    it("agree as RFC 7748 says", async () => {
      const own = await secretOf(hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
      assert.deepEqual(
        await agree(primitives, own, hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")),
        hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"),
      );
    });

    it("seal and open as Wycheproof says", async () => {
      const cases = read("vectors/wycheproof-aes-256-gcm.json");
      assert.equal(cases.length, 66);
      for (const { tcId, key, iv, aad, msg, ct, tag, result } of cases) {
        const aead = await primitives.aead(hex(key));
        const sealed = hex(ct + tag);
        if (result === "valid") {
          assert.deepEqual(await aead.seal(hex(iv), hex(aad), hex(msg)), sealed, `case ${tcId}`);
          assert.deepEqual(await aead.open(hex(iv), hex(aad), sealed), hex(msg), `case ${tcId}`);
        } else {
          await assert.rejects(aead.open(hex(iv), hex(aad), sealed), `case ${tcId}`);
        }
      }
    });

    it("seal as the submission of GCM to NIST says", async () => {
      const aead = await primitives.aead(new Uint8Array(32));
      assert.deepEqual(
        await aead.seal(new Uint8Array(12), new Uint8Array(0), new Uint8Array(16)),
        hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
      );
    });

    it("derive keys as Wycheproof and RFC 5869 say", async () => {
      // Those that Noise can ask for: a salt, no info, and 64 bytes of which a shorter output is the beginning.
      const cases = read("vectors/wycheproof-hkdf-sha256.json").filter(
        (/** @type {any} */ { info, size, salt }) => info === "" && size <= 64 && salt,
      );
      assert.ok(cases.length > 10, `${cases.length} cases`);
      for (const { tcId, salt, ikm, size, okm } of cases) {
        const [first, second] = await hkdf(primitives, hex(salt), hex(ikm));
        assert.deepEqual(Uint8Array.of(...first, ...second).slice(0, size), hex(okm), `case ${tcId}`);
      }
      const [first, second] = await hkdf(primitives, new Uint8Array(32), hex("0b".repeat(22)));
      assert.deepEqual(
        Uint8Array.of(...first, ...second).slice(0, 42),
        hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
      );
    });
  });
}

describe("a nonce", () => {
  it("is the number of a message, most significant byte first", () => {
    assert.deepEqual(nonce(0), new Uint8Array(12));
    assert.deepEqual(nonce(2 ** 32 + 258), hex("000000000000000100000102"));
    assert.deepEqual(nonce(2 ** 53 - 1), hex("00000000001fffffffffffff"));
  });
});
