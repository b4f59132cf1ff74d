import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { CHAT, bench, journal, settle } from "../fake/bench.js";

/** What the console is told of while something runs. @param {() => unknown} task */
async function complaints(task) {
  const spy = mock.method(console, "error", () => {});
  try {
    await task();
    return spy.mock.callCount();
  } finally {
    spy.mock.restore();
  }
}

describe("a connection that opens", () => {
  it("has a ticket, the subprotocol, and a connect frame", async () => {
    const { server, open } = bench({ appid: "app-1" });
    const { socket, log } = await open({ data: { room: "001" }, channel: "test" });
    assert.equal(server.requests[0].path, "connect");
    const wish = { url: CHAT, channel: "test", encrypt: false, protocol: "cloudobjects.v1" };
    assert.deepEqual(server.requests[0].body, wish);
    assert.equal(server.requests[0].headers["vk-appid"], "app-1");
    assert.match(server.requests[0].headers["vk-device-id"], /^[0-9a-f]{32}$/);
    assert.equal(server.socket.protocol, "cloudobjects.v1");
    assert.deepEqual(server.socket.frames[0], { type: "connect", batch: true, requests: true, resume: true, data: { room: "001" } });
    assert.deepEqual(log, [["open", server.socket.cid]]);
    assert.deepEqual([socket.state, socket.cid, socket.url, socket.channel], ["open", server.socket.cid, CHAT, "test"]);
  });

  it("resolves before it is accepted", async () => {
    const { server, vk } = bench();
    server.auto.connect = false;
    const socket = await vk.connectWebSocket({ url: CHAT });
    assert.equal(socket.state, "connecting");
    const log = journal(socket);
    await settle();
    assert.deepEqual(log, []);
    server.socket.accept("cid-late");
    assert.deepEqual(log, [["open", "cid-late"]]);
  });

  it("gives its messages", async () => {
    const { server, open } = bench();
    const { log } = await open();
    server.socket.send({ type: "message", data: { a: { type: "Buffer", data: "AAH/" } } });
    server.socket.send({ type: "message" });
    server.socket.send(Uint8Array.of(1, 0, 18, ...new TextEncoder().encode('{"type":"message"}'), 5, 6));
    const messages = [{ a: Uint8Array.of(0, 1, 255) }, null, Uint8Array.of(5, 6)];
    assert.deepEqual(log.slice(1), messages.map((data) => ["message", data]));
  });

  it("tells a late onOpen soon, and only once", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    const log = journal(socket);
    assert.deepEqual(log, []);
    await settle();
    assert.deepEqual(log, [["open", server.socket.cid]]);
  });

  it("tells an onOpen that was registered while it opened only once", async () => {
    const { vk } = bench();
    const socket = await vk.connectWebSocket({ url: CHAT });
    let told = 0;
    socket.on("transition", ({ to }) => to === "open" && socket.onOpen(() => told++));
    await settle();
    assert.equal(told, 1);
  });

  it("answers a ping, and ignores what it does not know", async () => {
    const { server, open } = bench();
    const { log } = await open();
    server.socket.send({ type: "ping" });
    server.socket.send({ type: "tomorrow" });
    server.socket.event("tomorrow", { data: 1 });
    server.socket.send(Uint8Array.of(2, 1, 1));
    assert.equal(server.socket.of("pong").length, 1);
    assert.equal(log.length, 1);
  });

  it("masks the page with its title until it is accepted", async () => {
    const { server, platform, vk } = bench();
    server.auto.connect = false;
    await vk.connectWebSocket({ url: CHAT, title: "连接中..." });
    await settle();
    assert.deepEqual(platform.seen, ["mask 连接中..."]);
    server.socket.accept();
    await settle();
    assert.deepEqual(platform.seen, ["mask 连接中...", "unmask"]);
    await vk.connectWebSocket({ url: CHAT, title: "again" });
    assert.equal(platform.seen.length, 2);
  });
});

describe("listeners", () => {
  it("are forgotten by what their registration returned", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    /** @type {any[]} */
    const heard = [];
    const stops = [socket.onMessage((data) => heard.push(data)), socket.onOpen(() => heard.push("open"))];
    stops.forEach((stop) => stop());
    stops.forEach((stop) => stop());
    server.socket.send({ type: "message", data: 1 });
    await settle();
    assert.deepEqual(heard, []);
  });

  it("disturb nobody when they throw", async () => {
    const { server, open } = bench();
    const { socket, log } = await open();
    socket.onMessage(() => {
      throw new Error("mine");
    });
    socket.onMessage((data) => log.push(["second", data]));
    const count = await complaints(() => server.socket.send({ type: "message", data: 1 }));
    assert.equal(count, 1);
    assert.deepEqual(log.slice(1), [["message", 1], ["second", 1]]);
    assert.equal(socket.state, "open");
  });

  it("may close the connection from wherever they are called", async () => {
    for (const moment of /** @type {const} */ (["transition", "frame", "latency"])) {
      const { clock, vk } = bench();
      const socket = await vk.connectWebSocket({ url: CHAT });
      socket.on(moment, () => socket.close());
      await clock.advance(60_000);
      assert.equal(socket.state, "closed", moment);
      assert.equal(clock.pending, 0, moment);
      assert.equal(vk.sockets().length, 0, moment);
    }
  });

  it("see each transition and each frame, without tokens", async () => {
    const { server, clock, login, open } = bench();
    await login("ann");
    const { socket } = await open();
    /** @type {any[]} */
    const seen = [];
    socket.on("transition", ({ from, to, delay }) => seen.push([from, to, delay]));
    socket.on("frame", ({ direction, type, text, size }) => seen.push([direction, type, text, size]));
    void socket.send({ data: "é" });
    await settle();
    assert.deepEqual(seen, [
      ["out", "message", '{"type":"message","id":1,"data":"é"}', 37],
      ["in", "ack", '{"type":"ack","id":1}', 21],
    ]);
    seen.length = 0;
    server.socket.end(1006);
    await clock.advance(1500);
    const frames = ["in", "out"];
    assert.deepEqual(
      seen.filter(([name]) => !frames.includes(String(name))),
      [["open", "waiting", 1500], ["waiting", "connecting", undefined], ["connecting", "open", undefined]],
    );
    await clock.advance(7_200_000);
    assert.ok(server.socket.of("auth").length > 0);
    assert.equal(seen.find(([, type]) => type === "auth")?.[2], '{"type":"auth","id":2}');
  });

  it("hear nothing of a socket that was replaced", async () => {
    const { server, clock, open } = bench();
    const { log } = await open();
    const old = server.socket;
    old.end(1006);
    await clock.advance(1500);
    old.isLive = true;
    old.send({ type: "message", data: "stale" });
    old.event("forceLogout", { close: true });
    old.handlers.error("stale");
    old.handlers.close({ code: 4002, reason: "", wasClean: true });
    old.handlers.open();
    assert.deepEqual(log, [["open", old.cid], ["open", server.socket.cid]]);
    assert.equal(server.live.length, 2);
    assert.equal(server.requests.length, 2);
  });
});

describe("a connection that ends", () => {
  it("by close() says so soon, whatever the network does", async () => {
    const { server, clock, vk, open } = bench();
    const { socket, log } = await open();
    socket.close({ code: 1000, reason: "bye" });
    assert.equal(log.length, 1);
    assert.deepEqual(server.socket.closed, { code: 1000, reason: "bye" });
    await settle();
    server.socket.end(1006);
    socket.close();
    await clock.advance(120_000);
    assert.deepEqual(log.slice(1), [["close", 1000]]);
    assert.deepEqual([socket.state, socket.cid, vk.sockets().length, clock.pending], ["closed", "", 0, 0]);
    assert.equal(server.sockets.length, 1);
  });

  it("refuses codes that applications may not use, and cuts long reasons", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    for (const code of [999, 1001, 2999, 5000, NaN]) {
      assert.throws(() => socket.close({ code }), { name: "VkError", code: 400 });
    }
    socket.close({ code: 3000, reason: "您".repeat(50) });
    assert.deepEqual(server.socket.closed, { code: 3000, reason: "您".repeat(41) });
  });

  it("cuts reasons between characters, with what any platform has", async () => {
    const { TextDecoder, TextEncoder } = globalThis;
    const cases = [
      ...[["您", 41], ["é", 61], ["😀", 30], ["x", 123]].map(([text, times]) => [
        String(text).repeat(200),
        String(text).repeat(Number(times)),
      ]),
      ["half a \ud83d", "half a \ufffd"],
    ];
    for (const has of [{ TextDecoder, TextEncoder }, { TextDecoder: undefined, TextEncoder: undefined }]) {
      for (const [reason, expected] of cases) {
        const { server, open } = bench();
        const { socket } = await open();
        Object.assign(globalThis, has);
        try {
          socket.close({ reason });
        } finally {
          Object.assign(globalThis, { TextDecoder, TextEncoder });
        }
        assert.equal(server.socket.closed?.reason, expected);
      }
    }
  });

  it("for a reason of its own closes the socket, however long that is", async () => {
    const { server, open } = bench();
    await open();
    const { near } = server.socket;
    /** @type {string[]} */
    const reasons = [];
    near.close = (_, reason) => void reasons.push(reason);
    server.socket.handlers.error("it failed ".repeat(50));
    assert.deepEqual(reasons, ["it failed ".repeat(50).slice(0, 123)]);
  });

  for (const [code, isError] of /** @type {const} */ ([
    [1000, false],
    [1002, true],
    [1008, true],
    [1009, true],
    [4000, false],
    [4001, true],
    [4002, true],
    [4003, true],
    [4499, true],
  ])) {
    it(`by close code ${code} does not come back${isError ? ", and says that it is an error" : ""}`, async () => {
      const { server, clock, vk, open } = bench();
      const { socket, log } = await open();
      server.socket.end(code, "why");
      assert.deepEqual(vk.sockets(), []);
      await clock.advance(120_000);
      assert.deepEqual(log.slice(1), [...(isError ? [["error", code]] : []), ["close", code]]);
      assert.equal(server.sockets.length, 1);
      assert.equal(socket.state, "closed");
      await assert.rejects(socket.send({ data: 1 }), { status: "closed" });
    });
  }

  it("tells who registers afterwards, in the order of error and close", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    server.socket.event("forceLogout", { data: { msg: "out" }, close: true });
    server.socket.end(4002);
    await settle();
    /** @type {string[]} */
    const heard = [];
    socket.onClose(() => heard.push("close"));
    socket.onError(() => heard.push("error"));
    socket.onVkMessage(({ type }) => heard.push(type));
    socket.onOpen(() => heard.push("open"));
    assert.deepEqual(heard, []);
    await settle();
    assert.deepEqual(heard, ["forceLogout", "error", "close"]);
  });

  it("after an event that announces it, even when the close stays away", async () => {
    for (const [type, code] of /** @type {const} */ ([["forceLogout", 4002], ["invalidToken", 4003], ["error", 4001]])) {
      const { server, clock, vk, open } = bench();
      const { socket, log } = await open();
      server.socket.event(type, { err: { code: 30203, msg: "expired" }, close: true });
      assert.equal(socket.state, "closing");
      assert.equal(vk.sockets().length, 1);
      await assert.rejects(socket.send({ data: 1 }), { status: "closed" });
      const another = await vk.connectWebSocket({ url: CHAT });
      assert.notEqual(another, socket);
      await clock.advance(3000);
      assert.deepEqual(log.slice(1), [["vk", type, 30203, true], ["error", 30203], ["close", code]]);
      assert.equal(server.sockets.length, 2);
    }
  });

  it("when the network is lost behind such an event", async () => {
    const { server, clock, open } = bench();
    const { log } = await open();
    server.socket.event("invalidToken", { err: { code: 30202, msg: "revoked" }, close: true });
    server.socket.end(1006);
    await clock.advance(120_000);
    assert.deepEqual(log.slice(1), [["vk", "invalidToken", 30202, true], ["error", 30202], ["close", 4003]]);
    assert.equal(server.sockets.length, 1);
  });

  it("goes on after an event that announces nothing", async () => {
    const { server, clock, open } = bench();
    const { socket, log } = await open();
    server.socket.event("error", { err: { code: 403, msg: "no" } });
    server.socket.event("invalidToken", { err: { code: 30203, msg: "expired" } });
    server.socket.end(1006);
    await clock.advance(1500);
    assert.equal(socket.state, "open");
    assert.deepEqual(log.slice(1, 3), [["vk", "error", 403, false], ["vk", "invalidToken", 30203, false]]);
  });

  it("when the server sends what is no frame", async () => {
    const { server, open } = bench();
    const { log } = await open();
    server.socket.handlers.message("{");
    await settle();
    assert.deepEqual(log.slice(1), [["error", 1002], ["close", 1002]]);
    assert.equal(server.socket.closed?.code, 1000);
  });
});

describe("a connection that can't be had", () => {
  for (const [code, type, close] of /** @type {const} */ ([
    [403, "error", 4001],
    [404, "error", 4001],
    [501, "error", 4001],
    [30202, "invalidToken", 4003],
    [30204, "invalidToken", 4003],
  ])) {
    it(`because of code ${code} is told to who registers after it`, async () => {
      const { server, platform, clock, vk } = bench();
      server.onConnect = () => ({ code, msg: "no", requestId: "r-1", status: 403 });
      const socket = await vk.connectWebSocket({ url: CHAT, title: "…" });
      assert.equal(socket.state, "closed");
      assert.deepEqual(vk.sockets(), []);
      const log = journal(socket);
      /** @type {any} */
      let error;
      socket.onError((event) => (error = event));
      await clock.advance(120_000);
      assert.deepEqual(log, [["vk", type, code, true], ["error", code], ["close", close]]);
      assert.deepEqual(error, { code, errMsg: "no", err: { code, msg: "no", requestId: "r-1" } });
      assert.equal(server.requests.length, 1);
      assert.deepEqual(platform.seen, ["mask …", "unmask"]);
    });
  }

  it("because nothing answers, ends after the first attempt", async () => {
    const { server, clock, vk } = bench();
    server.isReachable = false;
    const log = journal(await vk.connectWebSocket({ url: CHAT }));
    await clock.advance(120_000);
    assert.deepEqual(log, [["error", -1], ["close", 1006]]);
    assert.equal(server.requests.length, 1);
    server.isReachable = true;
    assert.equal((await vk.connectWebSocket({ url: CHAT })).state, "connecting");
  });

  it("because something else answers, ends after the first attempt", async () => {
    const { server, clock, vk } = bench();
    server.onConnect = () => ({ status: 404, text: "<html>Not here</html>" });
    const log = journal(await vk.connectWebSocket({ url: CHAT }));
    await clock.advance(120_000);
    assert.deepEqual(log, [["error", 404], ["close", 1006]]);
    assert.equal(server.requests.length, 1);
  });

  it("because the socket is refused, or silent, ends after its patience", async () => {
    for (const silent of /** @type {const} */ (["open", "connect"])) {
      const { server, clock, vk } = bench();
      server.auto[silent] = false;
      const connected = vk.connectWebSocket({ url: CHAT });
      await clock.advance(20_000);
      const log = journal(await connected);
      await settle();
      assert.deepEqual(log, [["error", 4501], ["close", 4501]]);
      assert.equal(clock.pending, 0);
    }
  });

  it("because the object refuses it, has the object's error", async () => {
    const { server, vk } = bench();
    server.auto.connect = false;
    const log = journal(await vk.connectWebSocket({ url: CHAT }));
    const err = { code: 1001, msg: "满员" };
    server.socket.event("error", { data: err, err, close: true });
    server.socket.end(4001, "满员");
    await settle();
    assert.deepEqual(log, [["vk", "error", 1001, true], ["error", 1001], ["close", 4001]]);
  });

  it("rejects wrong arguments only", async () => {
    const { vk } = bench();
    for (const wrong of [{}, { url: "" }, { url: 1 }, { url: CHAT, channel: "" }, { url: CHAT, channel: 2 }]) {
      await assert.rejects(vk.connectWebSocket(/** @type {any} */ (wrong)), { name: "VkError", code: 400 });
    }
  });

  it("because the platform opens no socket, ends", async () => {
    const { platform, vk } = bench();
    platform.openSocket = () => {
      throw new SyntaxError("no such address");
    };
    const log = journal(await vk.connectWebSocket({ url: CHAT }));
    await settle();
    assert.deepEqual(log.slice(1), [["error", -1], ["close", 4001]]);
  });
});

describe("among the reactive data of a view library", () => {
  it("a login works through a proxy, and none is made of it", async () => {
    const { vk, login } = bench();
    await login("ann");
    assert.ok(Object.isFrozen(vk.login));
    const proxy = new Proxy(vk.login, {
      get: (target, name, receiver) => Reflect.get(target, name, receiver),
    });
    const { token, tokenExpired, uid, userInfo, isLoggedIn } = proxy;
    assert.deepEqual([uid, userInfo.username, isLoggedIn], ["uid-ann", "ann", true]);
    proxy.set({ token: `${token} `, tokenExpired, userInfo });
    assert.equal(vk.login.token, `${token} `);
  });

  it("a connection works through a proxy, and none is made of it", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    assert.ok(Object.isFrozen(socket));
    const proxy = new Proxy(socket, {
      get: (target, name, receiver) => Reflect.get(target, name, receiver),
    });
    const log = journal(proxy);
    await proxy.send({ data: 1 });
    assert.equal(proxy.cid, server.socket.cid);
    proxy.close();
    await settle();
    assert.deepEqual(log, [["open", server.socket.cid], ["close", 1000]]);
  });
});
