import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import "../noble.js";
import { nodePlatform } from "../../../main/webapp/sdk/index.js";
import { CHAT, ECHO, client as make, journal, until } from "./server.js";

/** @import {Platform, VkOptions} from "../../../main/webapp/sdk/types.js" */

const MANAGED = "it/pub.managed";
const noble = () => import("../../../main/webapp/sdk/encryption-noble.js");

/** @type {ReturnType<typeof make>["vk"][]} */
const made = [];
const client = (/** @type {VkOptions} */ options = {}) => {
  const one = make(options);
  made.push(one.vk);
  return one;
};
afterEach(() => made.splice(0).forEach((vk) => vk.close()));

/**
 * A platform with an eavesdropper on its sockets, who may change what the server says.
 *
 * @param {(message: Uint8Array, hear: (message: string | Uint8Array) => void) => void} [change]
 */
function tapped(change = (message, hear) => hear(message)) {
  /** @type {Uint8Array[]} */
  const seen = [];
  const platform = nodePlatform();
  const { openSocket } = platform;
  /** @type {Platform["openSocket"]} */
  const open = (url, protocol, handlers) => {
    const socket = openSocket(url, protocol, {
      ...handlers,
      message(message) {
        assert.ok(message instanceof Uint8Array, "a text");
        seen.push(message);
        change(message, handlers.message);
      },
    });
    return {
      ...socket,
      send(bytes) {
        seen.push(bytes);
        socket.send(bytes);
      },
    };
  };
  return { platform: { ...platform, openSocket: open }, seen };
}

for (const [name, options] of /** @type {[string, VkOptions][]} */ ([
  ["WebCrypto", {}],
  ["@noble", { encryption: noble }],
])) {
  describe(`an encrypted connection by ${name}`, () => {
    it("carries messages and events both ways, and shows nothing of them", async () => {
      const { platform, seen } = tapped();
      const { open } = client({ ...options, platform, appid: "app-1" });
      const { socket, log } = await open(ECHO, { encrypt: true, data: { room: "secret" }, channel: "频道 1" });
      assert.equal(socket.encrypted, true);
      await until("the greeting", () => log.messages.length === 1);
      assert.deepEqual(log.messages[0], { hello: "send me something", query: { room: "secret" } });
      const sent = Array.from({ length: 50 }, (_, i) => `secret ${i} 👋`);
      await Promise.all(sent.map((data) => socket.send({ data })));
      assert.deepEqual(log.messages.slice(1), sent);
      await until("a round trip", () => socket.latency !== null);
      const text = Buffer.concat(seen).toString("latin1");
      assert.ok(!text.includes("secret") && !text.includes("type"));
      assert.deepEqual([...new Set(seen.map(([kind]) => kind))], [2, 3]);
    });

    it("carries bytes", async () => {
      const { open } = client(options);
      const { socket, log } = await open("it/pub.data", { encrypt: true });
      await socket.send({ data: Uint8Array.of(0, 1, 255) });
      await socket.send({ data: { bytes: Uint8Array.of(0, 1, 254) } });
      assert.deepEqual(log.messages, [Uint8Array.of(255, 1, 0), { bytes: Uint8Array.of(254, 1, 0) }]);
    });
  });
}

describe("an encrypted connection", () => {
  it("chats with one that is not", async () => {
    const [ann, bob] = [client(), client()];
    await ann.register();
    await bob.register();
    const { socket, log } = await ann.open(CHAT, { encrypt: true });
    const { log: clear } = await bob.open(CHAT);
    await socket.send({ data: { groupId: "001", content: "hello" } });
    for (const { messages } of [log, clear]) {
      await until("the message", () => messages.some(({ content }) => content === "hello"));
    }
  });

  it("comes back after a loss with another handshake, and sends what has waited in order", async () => {
    const { cut, open } = client();
    const { socket, log } = await open(ECHO, { encrypt: true });
    cut();
    await until("the loss", () => socket.state === "waiting");
    await Promise.all([1, 2, 3].map((data) => socket.send({ data })));
    assert.deepEqual(log.recovered, [undefined, true]);
    await until("the echoes", () => log.messages.length === 4);
    assert.deepEqual(log.messages.slice(1), [1, 2, 3]);
  });

  it("is what a signed address can demand", async () => {
    const { vk } = client({ appid: "maker" });
    const signed = async () => {
      const data = { encrypt: true, channel: "red & blue" };
      return (await vk.callFunction({ url: `${MANAGED}.signed`, data, needToken: false })).url;
    };
    const { open } = client();
    const { log } = await open(await signed(), { encrypt: true });
    await until("the welcome", () => log.messages.length === 1);
    assert.equal(log.messages[0].channel, "red & blue");
    const refused = journal(await client().vk.connectWebSocket({ url: await signed() }));
    await until("the end", () => refused.closes.length === 1);
    assert.deepEqual([refused.cids, refused.messages, refused.closes], [[], [], [4004]]);
  });

  it("is had with a server that has the configured key, and with no other", async () => {
    const { keys } = await (await fetch(`${process.env.SDK_SERVER}connect/keys`)).json();
    const other = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
    for (const encryptionKeys of [[keys[0].key], [keys[1].key], [other, keys[1].key]]) {
      const { log } = await client({ encryptionKeys }).open(ECHO, { encrypt: true });
      assert.equal(log.cids.length, 1);
    }
    for (const encryptionKeys of [[other], [other, "A".repeat(43)], ["no key"]]) {
      const log = journal(await client({ encryptionKeys }).vk.connectWebSocket({ url: ECHO, encrypt: true }));
      await until("the end", () => log.closes.length === 1);
      assert.deepEqual([log.cids, log.messages, log.closes], [[], [], [4004]]);
    }
  });

  /** @type {[string, (message: Uint8Array, hear: (message: string | Uint8Array) => void) => void][]} */
  const FAULTS = [
    ["damaged", (message, hear) => hear(message.with(20, message[20] ^ 1))],
    ["lost", () => {}],
    ["in clear", (_, hear) => hear('{"type":"message","data":"forged"}')],
    ["in clear, as bytes", (_, hear) => hear(new TextEncoder().encode('{"type":"message","data":"forged"}'))],
    [
      "repeated",
      (message, hear) => {
        hear(message);
        hear(message);
      },
    ],
  ];
  for (const [how, spoil] of FAULTS) {
    it(`ends when what the server says is ${how}`, async () => {
      let sinceGreeting = NaN;
      const { platform } = tapped((message, hear) => (sinceGreeting++ === 0 ? spoil(message, hear) : hear(message)));
      const { vk } = client({ platform });
      const socket = await vk.connectWebSocket({ url: ECHO, encrypt: true });
      const log = journal(socket);
      await until("the greeting", () => log.messages.length === 1);
      sinceGreeting = 0;
      void socket.send({ data: "spoiled" });
      await until("the answer", () => sinceGreeting > 0);
      void socket.send({ data: "behind it" });
      await until("the end", () => log.closes.length === 1);
      assert.deepEqual([log.errors, log.closes], [[4004], [4004]]);
      assert.deepEqual(log.messages.slice(1), how === "repeated" ? ["spoiled"] : []);
      assert.equal(vk.sockets().length, 0);
    });
  }

  it("ends when the handshake's answer is damaged, before anything is said", async () => {
    const { platform, seen } = tapped((message, hear) => hear(message.with(40, message[40] ^ 1)));
    const log = journal(await client({ platform }).vk.connectWebSocket({ url: ECHO, encrypt: true }));
    await until("the end", () => log.closes.length === 1);
    assert.deepEqual([log.cids, log.closes], [[], [4004]]);
    assert.deepEqual(seen.map(([kind]) => kind), [2, 2]);
  });
});
