import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fromJson, isBytes, toJson } from "../../../main/webapp/sdk/bytes.js";
import { decode, encode, trace } from "../../../main/webapp/sdk/codec.js";

/** @param {string} name @returns {any[]} */
const golden = (name) => JSON.parse(readFileSync(new URL(`../../resources/protocol/${name}.json`, import.meta.url), "utf8"));

/** @param {{text?: string, base64?: string}} message */
const messageOf = ({ text, base64 }) => text ?? new Uint8Array(Buffer.from(String(base64), "base64"));

/** A frame as the golden files write it, with bytes for what is binary. @param {any} frame */
const expected = ({ binary, ...frame }) =>
  fromJson(JSON.stringify(binary === undefined ? frame : { ...frame, data: { type: "Buffer", data: binary } }));

describe("golden frames of the server", () => {
  for (const { name, message, frame } of golden("v1-server")) {
    it(`are read: ${name}`, () => assert.deepEqual(decode(messageOf(message)), [expected(frame)]));
  }
});

describe("golden batches of the server", () => {
  for (const { name, message, frames } of golden("v1-batch")) {
    it(`are read: ${name}`, () => assert.deepEqual(decode(messageOf(message)), frames.map(expected)));
  }
});

describe("golden frames of the client", () => {
  for (const { name, message, frame } of golden("v1-client")) {
    it(`are written: ${name}`, () => {
      const written = encode(expected(frame));
      assert.ok(written instanceof Uint8Array);
      assert.deepEqual(decode(written), [expected(frame)]);
      if (frame.binary !== undefined) {
        assert.deepEqual(written, messageOf(message));
      } else {
        assert.equal(written[0], "{".charCodeAt(0));
      }
    });
  }
});

describe("bytes inside JSON", () => {
  for (const { name, json, base64 } of golden("bytes")) {
    it(`are told from objects: ${name}`, () => {
      const value = fromJson(JSON.stringify({ in: [json] })).in[0];
      assert.deepEqual(value, base64 === null ? json : new Uint8Array(Buffer.from(base64, "base64")));
    });
  }

  it("are written in base64, of any kind and at any depth", () => {
    const tagged = { type: "Buffer", data: "AAH/" };
    const bytes = Uint8Array.of(0, 1, 255);
    const inside = Uint8Array.of(9, 0, 1, 255, 9).subarray(1, 4);
    const value = { a: bytes, b: [{ c: bytes.buffer }], d: inside, e: Buffer.from(bytes), f: new DataView(bytes.buffer) };
    assert.deepEqual(JSON.parse(toJson(value)), { a: tagged, b: [{ c: tagged }], d: tagged, e: tagged, f: tagged });
  });

  it("survive the way there and back in every length", () => {
    for (let length = 0; length < 20; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + 200) % 256);
      assert.deepEqual(fromJson(toJson({ bytes })), { bytes });
      assert.equal(JSON.parse(toJson({ bytes })).bytes.data, Buffer.from(bytes).toString("base64"));
    }
  });

  it("are known when they come from another realm", async () => {
    const { runInNewContext } = await import("node:vm");
    assert.ok(isBytes(runInNewContext("new ArrayBuffer(2)")));
    assert.ok(isBytes(runInNewContext("new Uint8Array(2)")));
    assert.ok(!isBytes([1]));
  });
});

describe("the codec", () => {
  it("ignores binary messages of a kind that it does not know", () => {
    assert.deepEqual(decode(Uint8Array.of(2, 0, 0)), []);
  });

  it("refuses what is no JSON", () => {
    assert.throws(() => decode("{"));
    assert.throws(() => decode(Uint8Array.of(1, 0, 9, 1)));
  });

  it("shows what travels, the data of a binary frame apart", () => {
    const binary = encode({ type: "message", id: 1, data: Uint8Array.of(7) });
    const text = '{"type":"message","id":1}';
    assert.deepEqual(trace("message", binary), { size: 29, text, bytes: Uint8Array.of(7) });
    assert.deepEqual(trace("ping", encode({ type: "ping" })), { size: 15, text: '{"type":"ping"}' });
    assert.deepEqual(trace("message", '"é"'), { size: 4, text: '"é"' });
  });

  it("works where there is neither TextEncoder nor TextDecoder", () => {
    const { TextEncoder: Encoder, TextDecoder: Decoder } = globalThis;
    const frame = { type: "message", data: "你好 👋 é \u2028" };
    const written = encode(frame);
    try {
      Object.assign(globalThis, { TextEncoder: undefined, TextDecoder: undefined });
      assert.deepEqual(encode(frame), written);
      assert.deepEqual(decode(written), [frame]);
    } finally {
      Object.assign(globalThis, { TextEncoder: Encoder, TextDecoder: Decoder });
    }
  });
});
