import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VkError } from "../../../main/webapp/sdk/index.js";
import { CHAT, bench, settle } from "../fake/bench.js";

/** @type {any} */
const cycle = {};
cycle.self = cycle;
/** What can't be written, by name. @type {Record<string, any>} */
const REFUSED = {
  BigInt: 10n,
  cycle,
  function: () => {},
  symbol: Symbol("s"),
  NaN,
  Infinity,
  Blob: new Blob(["x"]),
  File: new (/** @type {any} */ (globalThis).File ?? Blob)(["x"], "f"),
  Map: new Map([[1, 2]]),
  Set: new Set([1]),
  WeakMap: new WeakMap(),
  Promise: Promise.resolve(),
  Response: new Response("x"),
  RegExp: /x/,
  "a getter that throws": {
    get id() {
      throw new Error("no");
    },
  },
  "a getter that throws a list": {
    get id() {
      throw Object.create(null);
    },
  },
  "a getter that throws an error of the SDK": {
    get id() {
      throw new VkError(30201, "no");
    },
  },
  "a toJSON that throws": {
    toJSON() {
      throw new Error("no");
    },
  },
  "a toStringTag that throws": {
    get [Symbol.toStringTag]() {
      throw new Error("no");
    },
  },
  "a proxy that was revoked": revoked(),
  "a proxy that hides its members": new Proxy({ a: 1 }, { ownKeys: () => fail() }),
  "a proxy that hides whether they are there": new Proxy({ a: 1 }, { getOwnPropertyDescriptor: () => fail() }),
};
/** Members of these are refused, not they themselves. */
const BY_MEMBER = /^a getter that throws|^cycle/;

/** @returns {never} */
function fail() {
  throw new Error("no");
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
const bytes = Uint8Array.of(9, 0, 1, 255, 9);
const tagged = { type: "Buffer", data: "AAH/" };
const once = { a: 1 };
class Point {
  x = 1;
}
/** What is written, and how. @type {Record<string, [value: any, written: any]>} */
const TAKEN = {
  null: [null, null],
  text: ["a", "a"],
  Date: [new Date(0), "1970-01-01T00:00:00.000Z"],
  "a list with undefined": [[undefined, 1], [null, 1]],
  "an undefined member": [{ a: undefined, b: 1 }, { b: 1 }],
  "an object of a class": [new Point(), { x: 1 }],
  proxy: [new Proxy({ a: [1] }, {}), { a: [1] }],
  subarray: [bytes.subarray(1, 4), tagged],
  DataView: [new DataView(bytes.buffer, 1, 3), tagged],
  ArrayBuffer: [bytes.slice(1, 4).buffer, tagged],
  Buffer: [Buffer.from(bytes).subarray(1, 4), tagged],
  "the same object twice": [[bytes, bytes].map(() => once), [{ a: 1 }, { a: 1 }]],
};

/** Each way to give data, and what of it arrived. @type {Record<string, (b: ReturnType<typeof bench>, data: any) => Promise<() => any>>} */
const ENTRIES = {
  async connectWebSocket({ server, vk }, data) {
    await vk.connectWebSocket({ url: CHAT, data });
    return () => server.socket.of("connect")[0].data;
  },
  async callFunction({ server, vk }, data) {
    server.methods["pub/a.b"] = () => ({});
    await vk.callFunction({ url: "pub/a.b", data, needAlert: false });
    return () => server.requests.at(-1)?.body;
  },
  async send({ server, open }, data) {
    const { socket } = await open();
    await socket.send({ data });
    return () => server.socket.of("message")[0].data;
  },
};

for (const [entry, give] of Object.entries(ENTRIES)) {
  describe(`data of ${entry}`, () => {
    for (const [name, value] of Object.entries(REFUSED)) {
      it(`are refused at once, with their place: ${name}`, async () => {
        const b = bench();
        await assert.rejects(give(b, { list: [{ id: value }] }), { code: 400, message: /^data\.list\[0\]\.id.*: / });
        await assert.rejects(give(b, value), { code: 400, message: BY_MEMBER.test(name) ? /^data\.\w+: / : /^data: / });
        assert.ok(b.server.requests.every(({ path }) => path === "connect" && entry === "send"));
      });
    }
    for (const [name, [value, written]] of Object.entries(TAKEN)) {
      it(`are written: ${name}`, async () => {
        const arrived = await give(bench(), { in: value });
        await settle();
        assert.deepEqual(arrived(), { in: written });
      });
    }
  });
}

describe("what is no object of options", () => {
  for (const wrong of ["hello", 1, null, undefined, ["a"], bytes]) {
    it(`is refused, and told what to write: ${String(wrong)}`, async () => {
      const { vk, open } = bench();
      const { socket } = await open();
      /** @type {((wrong: any) => Promise<any>)[]} */
      const entries = [vk.connectWebSocket, vk.callFunction, vk.userCenter.login, vk.userCenter.register, socket.send];
      for (const call of entries) {
        await assert.rejects(call(wrong), { code: 400, message: /write \w+\(\{/ });
      }
    });
  }
});

it("data of a connection are as they were at the call, with each reconnect", async () => {
  const { server, clock, open } = bench();
  const data = { n: 1 };
  const opening = open({ data });
  data.n = 2;
  await opening;
  server.socket.end(1006);
  await clock.advance(2000);
  assert.deepEqual(server.sockets.map((one) => one.of("connect")[0].data), [{ n: 1 }, { n: 1 }]);
});
