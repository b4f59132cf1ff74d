import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";

describe("the pool", () => {
  it("gives one connection for a url and a channel, to concurrent calls too", async () => {
    const { server, vk } = bench();
    const [one, same] = await Promise.all([
      vk.connectWebSocket({ url: CHAT }),
      vk.connectWebSocket({ url: CHAT, channel: "default" }),
    ]);
    await settle();
    const later = await vk.connectWebSocket({ url: CHAT });
    assert.equal(one, same);
    assert.equal(one, later);
    assert.equal(server.sockets.length, 1);
    assert.equal(later.cid, server.socket.cid);
  });

  it("gives others for another channel and another url", async () => {
    const { server, vk } = bench();
    const all = await Promise.all([
      vk.connectWebSocket({ url: "a" }),
      vk.connectWebSocket({ url: "a", channel: "test" }),
      vk.connectWebSocket({ url: "b" }),
    ]);
    assert.equal(new Set(all).size, 3);
    assert.equal(server.sockets.length, 3);
    assert.deepEqual(vk.sockets(), all);
  });

  it("gives the same while it is away, and another once it has ended", async () => {
    const { server, clock, vk, open } = bench();
    const { socket } = await open();
    server.socket.end(1006);
    assert.equal(await vk.connectWebSocket({ url: CHAT }), socket);
    await clock.advance(1500);
    socket.close();
    const { socket: another } = await open();
    assert.notEqual(another, socket);
    assert.equal(another.state, "open");
    server.socket.end(4000);
    assert.notEqual(await vk.connectWebSocket({ url: CHAT }), another);
  });

  it("lets a concurrent call share the failure", async () => {
    const { server, vk } = bench();
    server.onConnect = () => ({ code: 403, msg: "no" });
    const [one, same] = await Promise.all([vk.connectWebSocket({ url: CHAT }), vk.connectWebSocket({ url: CHAT })]);
    assert.equal(one, same);
    assert.equal(one.state, "closed");
    assert.deepEqual(vk.sockets(), []);
  });

  it("takes a signed address for the object that it names, with the channel that is asked for", async () => {
    const { server, vk } = bench();
    const url = server.signed("chat/room");
    const socket = await vk.connectWebSocket({ url, channel: "a b", data: { x: 1 } });
    assert.equal(server.socket.url, `${url}&channel=a%20b`);
    assert.deepEqual([socket.url, socket.channel], ["chat/room", "a b"]);
    assert.deepEqual(server.socket.frames[0], { type: "connect", batch: true, requests: true, data: { x: 1 } });
    assert.equal(await vk.connectWebSocket({ url: server.signed("chat/room"), channel: "a b" }), socket);
    assert.equal(await vk.connectWebSocket({ url: "chat/room", channel: "a b" }), socket);
    const bound = await vk.connectWebSocket({ url: `${server.signed("chat/room")}&channel=bound` });
    assert.equal(bound.channel, "bound");
    const bare = await vk.connectWebSocket({ url: "wss://fake.example/app/ws/x/pub/y?ticket=none" });
    assert.equal(bare.url, "x/pub/y");
    assert.equal(server.requests.length, 0);
  });

  it("ends everything when the client is closed", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann");
    await open();
    await open({ channel: "b" });
    server.socket.end(1006);
    vk.close();
    assert.deepEqual([vk.sockets(), server.live.length, clock.pending], [[], 0, 0]);
  });
});

describe("the encrypted channel", () => {
  const MASK = 0x5a;
  const mask = (/** @type {Uint8Array} */ bytes) => bytes.map((byte) => byte ^ MASK);

  /** Stands for the real one: the same steps, no secrets. */
  function encryption() {
    /** @type {any[]} */
    const contexts = [];
    return {
      contexts,
      load: async () => ({
        async initiate(/** @type {any} */ context) {
          contexts.push(context);
          return {
            message: Uint8Array.of(3, 1),
            async finish(/** @type {Uint8Array} */ answer) {
              assert.deepEqual(answer, Uint8Array.of(3, 2));
              return { seal: async (/** @type {any} */ b) => mask(b), open: async (/** @type {any} */ b) => mask(b) };
            },
          };
        },
      }),
    };
  }

  /** A server whose sockets speak the masked channel. @param {import("../fake/server.js").FakeServer} server */
  function unmasked(server) {
    /** @type {any[]} */
    const frames = [];
    const open = server.open.bind(server);
    server.open = (url, protocol, handlers) => {
      const near = open(url, protocol, handlers);
      let begun = false;
      return {
        ...near,
        send(bytes) {
          if (!begun) {
            begun = true;
            frames.push([...bytes]);
            setImmediate(() => handlers.message(Uint8Array.of(3, 2)));
          } else {
            frames.push(JSON.parse(new TextDecoder().decode(mask(bytes))));
          }
        },
      };
    };
    const send = (/** @type {any} */ frame) =>
      server.socket.handlers.message(mask(new TextEncoder().encode(JSON.stringify(frame))));
    return { frames, send };
  }

  it("shakes hands first, then seals everything, in order", async () => {
    const { contexts, load } = encryption();
    const { server, vk } = bench({ encryption: load, encryptionKeys: ["k"], appid: "app" });
    const { frames, send } = unmasked(server);
    const socket = await vk.connectWebSocket({ url: CHAT, encrypt: true, data: 1 });
    assert.deepEqual(frames, [[3, 1], { type: "connect", batch: true, requests: true, resume: true, data: 1 }].slice(0, frames.length));
    send({ type: "connected", cid: "c", pingInterval: 25000 });
    await settle();
    assert.deepEqual([socket.state, socket.encrypted], ["open", true]);
    for (let i = 0; i < 5; i++) {
      void socket.send({ data: i });
    }
    await settle();
    assert.deepEqual(frames.slice(3).map((frame) => /** @type {any} */ (frame).data), [0, 1, 2, 3, 4]);
    const ticket = server.socket.url.replace(/.*ticket=/, "");
    assert.deepEqual(contexts, [{ url: CHAT, channel: "default", appid: "app", ticket, key: "k" }]);
    /** @type {any[]} */
    const heard = [];
    socket.onMessage((data) => heard.push(data));
    socket.onClose(({ code }) => heard.push(code));
    send({ type: "message", data: "a" });
    send({ type: "message", data: "b" });
    server.socket.end(4000);
    await settle();
    assert.deepEqual(heard, ["a", "b", 4000]);
  });

  it("never falls back: not to the clear, and not to a connection that is there", async () => {
    const { server, vk } = bench({ encryption: encryption().load, encryptionKeys: ["k"] });
    const { send } = unmasked(server);
    const socket = await vk.connectWebSocket({ url: CHAT, encrypt: true });
    send({ type: "connected", cid: "c" });
    await settle();
    server.socket.handlers.message('{"type":"message","data":1}');
    await settle();
    assert.equal(socket.state, "closed");

    const { vk: other, open } = bench({ encryption: encryption().load });
    await open();
    await assert.rejects(other.connectWebSocket({ url: CHAT, encrypt: true }), { code: 400 });
  });

  it("is bound to what a signed address says, whoever opens it", async () => {
    const { contexts, load } = encryption();
    const { server, vk } = bench({ encryption: load, encryptionKeys: ["k"], appid: "mine" });
    unmasked(server);
    const address = `${server.signed(CHAT)}&channel=red%20%26%20blue&appid=%C3%BC`;
    await vk.connectWebSocket({ url: address, encrypt: true });
    const [{ ticket, ...terms }] = contexts;
    assert.deepEqual(terms, { url: CHAT, channel: "red & blue", appid: "ü", key: "k" });
    assert.ok(address.includes(`ticket=${ticket}&`));
  });

  it("takes the key of the server only where none is configured", async () => {
    const served = { keys: [{ key: "current" }, { key: "next" }] };
    for (const [pinned, expected] of /** @type {[string[] | undefined, string][]} */ ([
      [undefined, "current"],
      [[], "current"],
      [["mine"], "mine"],
      [["mine", "other"], "mine"],
      [["old", "next"], "next"],
      [["next", "current"], "current"],
    ])) {
      const { contexts, load } = encryption();
      const { server, vk } = bench({ encryption: load, encryptionKeys: pinned });
      server.methods["connect/keys"] = () => served;
      unmasked(server);
      await vk.connectWebSocket({ url: CHAT, encrypt: true });
      assert.equal(contexts[0].key, expected, String(pinned));
      assert.equal(server.requests.filter(({ path }) => path === "connect/keys").length, pinned?.length === 1 ? 0 : 1);
    }
  });

  it("ends for good when it fails, and says nothing of it on the wire", async () => {
    const { load } = encryption();
    const { server, clock, vk } = bench({ encryption: load, encryptionKeys: ["k"] });
    const { send } = unmasked(server);
    const socket = await vk.connectWebSocket({ url: CHAT, encrypt: true });
    send({ type: "connected", cid: "c" });
    await settle();
    /** @type {any[]} */
    const heard = [];
    socket.onError(({ code }) => heard.push(code));
    socket.onClose(({ code }) => heard.push(code));
    server.socket.handlers.message('{"type":"message","data":1}');
    send({ type: "message", data: "behind it" });
    await settle();
    assert.equal(heard.at(-1), 4004);
    assert.deepEqual(server.socket.closed, { code: 4004, reason: "the encrypted channel failed" });
    await clock.advance(60_000);
    assert.equal(server.sockets.length, 1);
  });

  it("is refused to a page that came over http", async () => {
    const { server, vk } = bench({ encryption: encryption().load, encryptionKeys: ["k"] });
    Object.assign(globalThis, { isSecureContext: false });
    try {
      /** @type {any[]} */
      const errors = [];
      (await vk.connectWebSocket({ url: CHAT, encrypt: true })).onError(({ code }) => errors.push(code));
      await settle();
      assert.deepEqual(errors, [501]);
      assert.equal(server.requests.length, 0);
    } finally {
      Reflect.deleteProperty(globalThis, "isSecureContext");
    }
  });

  it("that the server has not is an error with code 501", async () => {
    const { server, vk } = bench({ encryptionKeys: ["k"] });
    server.onConnect = () => ({ code: 501, msg: "none here" });
    /** @type {any[]} */
    const errors = [];
    (await vk.connectWebSocket({ url: CHAT, encrypt: true })).onError(({ code, errMsg }) => errors.push(code, errMsg));
    await settle();
    assert.deepEqual(errors, [501, "none here"]);
    assert.equal(server.sockets.length, 0);
  });
});
