import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Backoff } from "../../../main/webapp/sdk/backoff.js";
import { ManualClock, bench, settle } from "../fake/bench.js";

describe("the delay before an attempt", () => {
  /** @param {number} failures @param {() => number} random */
  function delayAfter(failures, random) {
    const clock = new ManualClock();
    const reconnect = { minDelay: 1000, maxDelay: 30_000, maxAttempts: Infinity };
    const conditions = { isOnline: true, isVisible: true };
    const backoff = new Backoff({ clock, random, reconnect, conditions, shared: { attemptAt: -1 } });
    for (let i = 0; i < failures; i++) {
      backoff.failed();
    }
    return backoff.delay();
  }

  it("is anything between a second and a ceiling that doubles up to half a minute", () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 2000].map((failures) => delayAfter(failures, () => 1));
    assert.deepEqual(ceilings, [2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    assert.equal(delayAfter(7, () => 0), 1000);
    assert.equal(delayAfter(1, () => 0.25), 1250);
  });

  it("spreads a crowd", () => {
    const delays = new Set(Array.from({ length: 1000 }, () => delayAfter(5, Math.random)));
    assert.ok(delays.size > 900);
    assert.ok(Math.max(...delays) <= 30_000 && Math.min(...delays) >= 1000);
  });
});

describe("a connection that was lost", () => {
  for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 4500, 4501, 4999]) {
    it(`with code ${code} comes back, with a new ticket, another cid and the same data`, async () => {
      const { server, clock, vk, open } = bench();
      const { socket, log } = await open({ data: 1 });
      const first = server.socket;
      first.end(code);
      assert.deepEqual([socket.state, socket.cid], ["waiting", ""]);
      assert.equal(vk.sockets()[0], socket);
      await clock.advance(1499);
      assert.equal(server.sockets.length, 1);
      await clock.advance(1);
      assert.equal(socket.state, "open");
      assert.notEqual(server.socket.url, first.url);
      assert.deepEqual(server.socket.frames[0], { type: "connect", batch: true, requests: true, resume: true, data: 1 });
      assert.deepEqual(log, [["open", first.cid], ["open", server.socket.cid]]);
    });
  }

  it("by an error without a close comes back", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    server.socket.handlers.error("gone");
    assert.equal(socket.state, "waiting");
    assert.notEqual(server.socket.closed, undefined);
    await clock.advance(1500);
    assert.equal(socket.state, "open");
  });

  it("waits longer with each failure, and never gives up by itself", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    /** @type {(number | undefined)[]} */
    const delays = [];
    socket.on("transition", ({ to, delay }) => to === "waiting" && delays.push(delay));
    server.isReachable = false;
    server.socket.end(1006);
    await clock.advance(600_000);
    assert.deepEqual(delays.slice(0, 7), [1500, 2500, 4500, 8500, 15_500, 15_500, 15_500]);
    assert.equal(socket.state, "waiting");
    server.isReachable = true;
    await clock.advance(30_000);
    assert.equal(socket.state, "open");
  });

  it("gives up after as many attempts as it may make", async () => {
    const { server, clock, vk, open } = bench({ reconnect: { maxAttempts: 2 } });
    const { log } = await open();
    server.isReachable = false;
    server.socket.end(1006);
    await clock.advance(600_000);
    assert.equal(server.requests.length, 3);
    assert.deepEqual(log.slice(1), [["error", -1], ["close", 1006]]);
    assert.deepEqual(vk.sockets(), []);
  });

  it("does not begin with short delays when it falls again at once", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    /** @type {(number | undefined)[]} */
    const delays = [];
    socket.on("transition", ({ to, delay }) => to === "waiting" && delays.push(delay));
    for (let i = 0; i < 3; i++) {
      server.socket.end(1006);
      await clock.advance(/** @type {number} */ (delays.at(-1)));
    }
    await clock.advance(10_000);
    server.socket.end(1006);
    assert.deepEqual(delays, [1500, 2500, 4500, 1500]);
  });

  it("waits as long as the server asks for, and no refusal that passes ends it", async () => {
    for (const answer of [
      { code: 503, msg: "not now", status: 503, retryAfter: 20 },
      { code: 429, msg: "too many", status: 429, retryAfter: 20 },
      { status: 502, text: "<html>Bad gateway</html>", retryAfter: 20 },
      { status: 404, text: "<html>Context Root Not Found</html>", retryAfter: 20 },
      { status: 521, text: "<html>Web server is down</html>", retryAfter: 20 },
      { status: 200, text: "<html>The hotel's network</html>", retryAfter: 20 },
    ]) {
      const { server, clock, open } = bench();
      const { socket } = await open();
      server.onConnect = () => answer;
      server.socket.end(1006);
      await clock.advance(1500);
      assert.equal(socket.state, "waiting");
      server.onConnect = undefined;
      await clock.advance(19_999);
      assert.equal(server.requests.length, 2);
      await clock.advance(1);
      assert.equal(socket.state, "open");
    }
  });

  it("ends when the new attempt is refused for good", async () => {
    const { server, clock, open } = bench();
    const { log } = await open();
    server.onConnect = () => ({ code: 30202, msg: "revoked" });
    server.socket.end(1006);
    await clock.advance(120_000);
    assert.equal(server.requests.length, 2);
    assert.deepEqual(log.slice(1), [["vk", "invalidToken", 30202, true], ["error", 30202], ["close", 4003]]);
  });

  it("ends when it is closed while it waits, or connects", async () => {
    for (const delay of [0, 1500]) {
      const { server, clock, open } = bench();
      const { socket, log } = await open();
      server.auto.open = false;
      server.socket.end(1006);
      await clock.advance(delay);
      assert.equal(socket.state, delay ? "connecting" : "waiting");
      socket.close();
      await clock.advance(120_000);
      assert.deepEqual(log.slice(1), [["close", 1000]]);
      assert.ok(server.sockets.length <= 2);
      assert.equal(clock.pending, 0);
    }
  });

  it("of a signed address ends: its ticket is spent", async () => {
    const { server, clock, vk } = bench();
    const url = server.signed("chat/room");
    const socket = await vk.connectWebSocket({ url });
    await settle();
    assert.equal(server.socket.url, url);
    assert.deepEqual([socket.url, socket.channel, server.requests.length], ["chat/room", "default", 0]);
    server.socket.end(1012);
    await clock.advance(120_000);
    assert.deepEqual([socket.state, server.sockets.length], ["closed", 1]);
  });
});

describe("the attempt that is asked for", () => {
  it("is made at once while the connection waits, and no more than one in a second", async () => {
    const { server, clock, open } = bench({ random: () => 1 });
    const { socket } = await open();
    server.socket.end(1006);
    await clock.advance(1000);
    assert.equal(socket.state, "waiting");
    socket.reconnect();
    await clock.advance(0);
    assert.equal(socket.state, "open");
    assert.equal(server.sockets.length, 2);
    server.socket.end(1006);
    socket.reconnect();
    await clock.advance(999);
    assert.equal(socket.state, "waiting");
    await clock.advance(1);
    assert.equal(socket.state, "open");
  });

  it("is not made before the server wants it", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    server.onConnect = () => ({ code: 503, msg: "busy", retryAfter: 60 });
    server.socket.end(1006);
    await clock.advance(1500);
    server.onConnect = undefined;
    socket.reconnect();
    await clock.advance(59_000);
    assert.equal(socket.state, "waiting");
    await clock.advance(1000);
    assert.equal(socket.state, "open");
  });

  it("is none while it is open, and none after its end", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    socket.reconnect();
    socket.close();
    socket.reconnect();
    await clock.advance(60_000);
    assert.equal(server.sockets.length, 1);
  });
});

describe("the network and the page", () => {
  it("online: an attempt at once", async () => {
    const { server, platform, clock, open } = bench();
    const { socket } = await open();
    await clock.advance(60_000);
    platform.happen("offline");
    assert.equal(socket.state, "waiting");
    assert.notEqual(server.socket.closed, undefined);
    platform.happen("online");
    await clock.advance(0);
    assert.equal(socket.state, "open");
  });

  it("visible: an attempt at once, but no more than one in a second", async () => {
    const { server, platform, clock, open } = bench();
    const { socket } = await open();
    await clock.advance(60_000);
    server.isReachable = false;
    server.socket.end(1006);
    for (let i = 0; i < 19; i++) {
      platform.happen("hidden");
      platform.happen("visible");
      await clock.advance(100);
    }
    assert.equal(server.requests.length, 1 + 2);
    server.isReachable = true;
    await clock.advance(1000);
    assert.equal(socket.state, "open");
  });

  it("visible or online: not before the server wants it, and no more often than attempts may fail", async () => {
    for (const happening of /** @type {const} */ (["visible", "online"])) {
      const { server, platform, clock, open } = bench({ reconnect: { maxAttempts: 3 } });
      const { socket } = await open();
      server.onConnect = () => ({ code: 503, msg: "not now", status: 503, retryAfter: 20 });
      server.socket.end(1006);
      await clock.advance(1500);
      for (let i = 0; i < 19; i++) {
        platform.happen(happening);
        await clock.advance(1000);
      }
      assert.equal(server.requests.length, 1 + 1);
      await clock.advance(1000);
      assert.equal(server.requests.length, 1 + 2);
      assert.equal(socket.state, "waiting");
      await clock.advance(20_000);
      assert.deepEqual([socket.state, server.requests.length], ["closed", 1 + 3]);
    }
  });

  it("online: short delays again", async () => {
    const { server, platform, clock, open } = bench();
    const { socket } = await open();
    server.isReachable = false;
    server.socket.end(1006);
    await clock.advance(60_000);
    platform.happen("online");
    server.isReachable = true;
    server.onConnect = () => ({ status: 502, text: "not yet" });
    await clock.advance(1000);
    server.onConnect = undefined;
    await clock.advance(1500);
    assert.equal(socket.state, "open");
  });

  it("hidden or offline: only with the longest delays", async () => {
    for (const happening of /** @type {const} */ (["hidden", "offline"])) {
      const { server, platform, clock, open } = bench();
      const { socket } = await open();
      platform.happen(happening);
      server.isReachable = false;
      server.socket.end(1006);
      await clock.advance(15_499);
      assert.equal(server.requests.length, 1);
      await clock.advance(1);
      assert.equal(server.requests.length, 2);
      assert.equal(socket.state, "waiting");
    }
  });

  it("visible again while it is open: asks for a sign of life", async () => {
    const { server, platform, clock, open } = bench();
    const { socket } = await open();
    await clock.advance(1000);
    server.auto.pong = false;
    platform.happen("visible");
    assert.equal(server.socket.of("ping").length, 2);
    await clock.advance(10_000);
    assert.equal(socket.state, "waiting");
  });

  it("nobody watches when there is no connection", async () => {
    const { platform, vk, open } = bench();
    assert.equal(platform.watchers.size, 0);
    await open();
    await open({ channel: "other" });
    assert.equal(platform.watchers.size, 1);
    vk.close();
    assert.equal(platform.watchers.size, 0);
  });
});

describe("the heartbeat", () => {
  it("pings every 25 s and tells the round trip", async () => {
    const { server, clock, open } = bench();
    server.auto.pong = false;
    const { socket } = await open();
    /** @type {number[]} */
    const trips = [];
    socket.on("latency", (milliseconds) => trips.push(milliseconds));
    assert.equal(socket.latency, null);
    await clock.advance(40);
    server.socket.send({ type: "pong" });
    server.socket.send({ type: "pong" });
    assert.deepEqual([socket.latency, trips], [40, [40]]);
    server.auto.pong = true;
    await clock.advance(100_000);
    assert.equal(server.socket.of("ping").length, 5);
    assert.equal(socket.state, "open");
  });

  it("pings as often as the server wants, if that is more often", async () => {
    const { server, clock, vk } = bench();
    server.auto.connect = false;
    await vk.connectWebSocket({ url: "a" });
    server.socket.send({ type: "connected", cid: "c", pingInterval: 5000 });
    await clock.advance(20_000);
    assert.equal(server.socket.of("ping").length, 5);
  });

  it("connects anew when no sign of life comes within 10 s", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    await clock.advance(1000);
    server.auto.pong = false;
    await clock.advance(24_000 + 9_999);
    assert.equal(socket.state, "open");
    await clock.advance(1);
    assert.equal(socket.state, "waiting");
    assert.equal(server.socket.closed?.code, 4502);
    server.auto.pong = true;
    await clock.advance(2500);
    assert.equal(socket.state, "open");
  });

  it("takes any frame for a sign of life", async () => {
    const { server, clock, open } = bench();
    server.auto.pong = false;
    const { socket } = await open();
    for (let i = 0; i < 20; i++) {
      await clock.advance(9000);
      server.socket.send({ type: "message", data: i });
    }
    assert.equal(socket.state, "open");
  });

  it("stops with the connection", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    socket.close();
    await clock.advance(120_000);
    assert.equal(server.socket.of("ping").length, 1);
    assert.equal(clock.pending, 0);
  });
});
