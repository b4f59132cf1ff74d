import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { CHAT, bench as plainBench, settle } from "../fake/bench.js";

/** @import {ConnectOptions, VkOptions} from "../../../main/webapp/sdk/types.js" */
/** @import {FakeServer} from "../fake/server.js" */

/** @type {FakeServer[]} */
const servers = [];

afterEach(() => {
  for (const { violations } of servers.splice(0)) {
    assert.deepEqual(violations, []);
  }
});

/** A server that keeps sessions, and a client. @param {Omit<VkOptions, "clock">} [options] */
function bench(options) {
  const all = plainBench(options);
  const { server, vk } = all;
  server.resumes = true;
  servers.push(server);
  return {
    ...all,
    /** An open connection, and the log of what its listeners hear. @param {Partial<ConnectOptions>} [wish] */
    async open(wish) {
      const socket = await vk.connectWebSocket({ url: CHAT, ...wish });
      /** @type {any[]} */
      const log = [];
      socket.onOpen((event) => log.push(event));
      socket.onMessage((data) => log.push(data));
      socket.onVkMessage(({ type, err }) => log.push([type, err?.code]));
      socket.onClose(({ code }) => log.push(["close", code]));
      await settle();
      return { socket, log, session: server.session };
    },
  };
}

/** What became of promises so far. @param {Promise<any>[]} promises */
function fates(promises) {
  const statuses = promises.map(() => "pending");
  promises.forEach((promise, i) =>
    promise.then(
      ({ status }) => (statuses[i] = status),
      ({ status }) => (statuses[i] = status),
    ),
  );
  return statuses;
}

/** @param {any} data */
const message = (data) => ({ type: "message", data });

/** The member `resume` of the last connect frame. @param {FakeServer} server */
const wish = (server) => server.socket.frames[0].resume;

describe("a session", () => {
  it("is asked for, and its secret is neither shown nor stored", async () => {
    const { server, platform, clock, open } = bench();
    const { socket, log, session } = await open({ data: 1 });
    /** @type {any[]} */
    const texts = [];
    socket.on("frame", ({ type, text }) => ["connect", "connected"].includes(type) && texts.push(JSON.parse(text ?? "")));
    assert.deepEqual(server.socket.frames[0], { type: "connect", batch: true, requests: true, resume: true, data: 1 });
    assert.deepEqual(log, [{ cid: session.cid }]);
    server.socket.end(1006);
    await clock.advance(1500);
    assert.deepEqual(wish(server), { cid: session.cid, secret: session.secret, received: 0 });
    assert.deepEqual(texts[0], { type: "connect", batch: true, requests: true, resume: { cid: session.cid, received: 0 }, data: 1 });
    server.sessions.restart();
    server.socket.end(1006);
    await clock.advance(5000);
    assert.deepEqual(Object.keys(texts.at(-1).resume), ["window"]);
    assert.doesNotMatch(JSON.stringify([texts, [...platform.stored]]), /secret/);
  });

  it("is none of a signed address", async () => {
    const { server, vk } = bench();
    await vk.connectWebSocket({ url: server.signed("a") });
    assert.deepEqual(server.socket.frames, [{ type: "connect", batch: true, requests: true }]);
  });

  it("in which nothing was missed goes on, with its cid", async () => {
    const { server, clock, open } = bench();
    const { socket, log, session } = await open();
    const [first] = fates([socket.send({ data: "a" })]);
    await settle();
    assert.equal(first, "pending");
    server.socket.send(message(1));
    server.socket.end(1006);
    assert.equal(socket.cid, "");
    await clock.advance(1500);
    assert.deepEqual(wish(server), { cid: session.cid, secret: session.secret, received: 2 });
    server.socket.send(message(2));
    assert.deepEqual(log, [{ cid: session.cid }, 1, { cid: session.cid, recovered: true }, 2]);
    assert.deepEqual([socket.state, socket.cid, server.session], ["open", session.cid, session]);
    await socket.send({ data: "b" });
    assert.deepEqual(session.handled, ["a", "b"]);
  });

  for (const batches of [false, true]) {
    it(`tells that it was resumed before what was missed, each once and in order${batches ? ", in one message" : ""}`, async () => {
      const { server, clock, open } = bench();
      server.batches = batches;
      const { log, session } = await open();
      server.socket.send(message(0));
      server.socket.end(1006);
      session.send([message(1)]);
      session.send([message(2)]);
      await clock.advance(1500);
      server.socket.send(message(3));
      assert.deepEqual(log.slice(1), [0, { cid: session.cid, recovered: true }, 1, 2, 3]);
      server.socket.end(1006);
      session.send([message(4)]);
      await clock.advance(5000);
      assert.equal(wish(server).received, 4);
      assert.deepEqual(log.slice(6), [{ cid: session.cid, recovered: true }, 4]);
    });
  }

  it("tells who registers late the same", async () => {
    const { server, clock, open } = bench();
    const { socket, session } = await open();
    server.socket.end(1006);
    await clock.advance(1500);
    /** @type {any[]} */
    const heard = [];
    socket.onOpen((event) => heard.push(event));
    await settle();
    assert.deepEqual(heard, [{ cid: session.cid, recovered: true }]);
    let tooLate = 0;
    socket.onOpen(() => tooLate++);
    server.socket.end(1006);
    await settle();
    assert.equal(tooLate, 0);
  });

  it("that the server has closed meanwhile ends here, too", async () => {
    const { server, clock, open } = bench();
    const { socket, log } = await open();
    server.auto.ack = server.auto.connect = false;
    const sent = fates([socket.send({ data: 1 })]);
    server.socket.end(1006);
    await clock.advance(1500);
    server.socket.event("forceLogout", { close: true });
    server.socket.end(4002);
    await clock.advance(60_000);
    assert.deepEqual(sent, ["lost"]);
    assert.deepEqual(log.slice(1), [["forceLogout", undefined], ["close", 4002]]);
    assert.equal(server.sockets.length, 2);
  });

  it("whose server says so although nobody asked is another one", async () => {
    const { server, clock, open } = bench();
    server.resumes = false;
    const { socket, log } = await open();
    server.auto.ack = server.auto.connect = false;
    const sent = fates([socket.send({ data: 1 })]);
    server.socket.end(1006);
    await clock.advance(1500);
    server.socket.send({ type: "connected", cid: "c", recovered: true, received: 0 });
    await settle();
    assert.deepEqual(log.at(-1), { cid: "c", recovered: false, reason: "unsupported" });
    assert.deepEqual(sent, ["lost"]);
    assert.deepEqual(server.socket.of("message"), []);
  });
});

describe("messages without an answer", () => {
  it("are sent again as far as the server has not got them, in order, and the others are not", async () => {
    const { server, clock, open } = bench();
    const { socket, log, session } = await open();
    server.auto.ack = false;
    const sent = fates([1, 2].map((data) => socket.send({ data })));
    server.socket.isHeard = false;
    const lost = fates([3, Uint8Array.of(4)].map((data) => socket.send({ data })));
    server.socket.end(1006);
    const queued = fates([5, 6].map((data) => socket.send({ data })));
    session.send([{ type: "ack", id: 1 }]);
    session.send([{ type: "event", event: "error", err: { code: 403, msg: "no" }, re: 2 }]);
    await settle();
    assert.deepEqual([...sent, ...lost, ...queued], Array(6).fill("pending"));
    server.auto.ack = true;
    await clock.advance(1500);
    assert.deepEqual(session.handled, [1, 2, 3, [4], 5, 6]);
    assert.deepEqual([...sent, ...lost, ...queued], ["handled", "refused", ...Array(4).fill("handled")]);
    assert.deepEqual(server.socket.of("message").map(({ id }) => id), [3, 4, 5, 6]);
    assert.deepEqual(log.slice(1), [{ cid: session.cid, recovered: true }, ["error", 403]]);
  });

  it("are lost when the connection ends, and those that waited are closed", async () => {
    for (const delay of [0, 1500]) {
      const { server, clock, open } = bench();
      const { socket, log } = await open();
      server.auto.ack = server.auto.connect = false;
      const sent = fates([socket.send({ data: 1, timeout: 60_000 })]);
      server.socket.end(1006);
      const queued = fates([socket.send({ data: 2, timeout: 60_000 })]);
      await clock.advance(delay);
      socket.close();
      await settle();
      assert.deepEqual([...sent, ...queued], ["lost", "closed"]);
      assert.deepEqual(log.slice(1), [["close", 1000]]);
      assert.equal(server.sockets.length, delay ? 2 : 1);
      assert.equal(server.socket.closed?.code, delay ? 1000 : 4502);
      assert.equal(clock.pending, 0);
      await clock.advance(60_000);
      assert.equal(server.sockets.length, delay ? 2 : 1);
    }
  });

  it("run out of their time while the connection is away, and are not sent again then", async () => {
    const { server, clock, open } = bench();
    const { socket, session } = await open();
    server.auto.ack = false;
    server.socket.isHeard = false;
    const sent = fates([socket.send({ data: 1, timeout: 1000 }), socket.send({ data: 2, timeout: 1501 })]);
    server.socket.end(1006);
    await clock.advance(1000);
    assert.deepEqual([socket.state, ...sent], ["waiting", "timeout", "pending"]);
    await clock.advance(500);
    assert.deepEqual(session.handled, [2]);
    await clock.advance(1);
    assert.deepEqual(sent, ["timeout", "timeout"]);
    assert.equal(socket.state, "open");
  });

  it("count in the queue while the connection is away, and are kept when they are more", async () => {
    const { server, clock, open } = bench({ queue: { messages: 3, bytes: 200 } });
    const { socket, session } = await open();
    server.auto.ack = false;
    server.socket.isHeard = false;
    const text = "x".repeat(100);
    const large = fates([socket.send({ data: text }), socket.send({ data: text })]);
    server.socket.end(1006);
    const refused = fates([socket.send({ data: 3 })]);
    server.auto.ack = true;
    await clock.advance(1500);
    assert.deepEqual([...large, ...refused], ["handled", "handled", "full"]);
    assert.deepEqual(session.handled, [text, text]);

    server.auto.ack = false;
    const small = fates([4, 5].map((data) => socket.send({ data })));
    server.socket.end(1006);
    const more = fates([6, 7].map((data) => socket.send({ data })));
    await clock.advance(5000);
    assert.deepEqual([...small, ...more], ["pending", "pending", "pending", "full"]);
    assert.deepEqual(session.handled.slice(2), [4, 5, 6]);
  });

  it("are sent once each when their listeners send more", async () => {
    const { server, clock, open } = bench();
    const { socket, session } = await open();
    server.socket.end(1006);
    const sent = [1, 2, 3].map((data) => socket.send({ data }));
    let more = 2;
    socket.on("frame", ({ type, direction }) => {
      if (direction === "out" && type === "message" && more) {
        more--;
        sent.push(socket.send({ data: "more" }));
      }
    });
    await clock.advance(1500);
    await Promise.all(sent);
    assert.deepEqual(session.handled, [1, 2, 3, "more", "more"]);
  });

  it("go out ahead of a new login, which has a larger id", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann");
    const { socket, session, log } = await open();
    const sent = [];
    socket.on("transition", ({ to }) => {
      if (to === "open") {
        const token = server.issue("uid-ann");
        vk.login.set({ token, tokenExpired: clock.now() + 7_200_000, userInfo: vk.login.userInfo });
      }
    });
    server.socket.end(1006);
    sent.push(socket.send({ data: 1 }), socket.send({ data: 2 }));
    await clock.advance(1500);
    await Promise.all(sent);
    assert.deepEqual(server.socket.frames.map(({ type, id }) => [type, id]).filter(([, id]) => id), [["message", 1], ["message", 2], ["auth", 3]]);
    // Nobody hears what the server said of a login while the connection was away, also when there is a newer one by now.
    server.socket.end(1006);
    session.send([{ type: "event", event: "error", err: { code: 503, msg: "not now" }, re: 3 }]);
    await clock.advance(5000);
    assert.equal(socket.state, "open");
    assert.ok(server.socket.of("auth")[0].id > 3);
    assert.deepEqual(log.filter((entry) => Array.isArray(entry)), []);
  });
});

describe("a session that is not resumed", () => {
  /** How it comes to that. @type {Record<string, (all: ReturnType<typeof bench>, session: import("../fake/session.js").FakeSession) => void>} */
  const REASONS = {
    expired: (_, session) => (session.isOver = true),
    restarted: ({ server }) => server.sessions.restart(),
    incomplete: (_, session) => {
      session.limit = 1;
      session.send([message(1)]);
      session.send([message(2)]);
    },
    changed: (_, session) => (session.identity = "somebody else"),
    unsupported: ({ server }) => (server.resumes = false),
  };
  for (const [reason, provoke] of Object.entries(REASONS)) {
    it(`says why: ${reason}`, async () => {
      const all = bench();
      const { server, clock, open } = all;
      const { socket, log, session } = await open();
      /** @type {any} */
      let opened;
      socket.onOpen((event) => (opened = event));
      server.auto.ack = false;
      const sent = fates([socket.send({ data: "sent" })]);
      server.socket.send(message(0));
      server.socket.end(1006);
      const queued = fates(["queued", "queued too"].map((data) => socket.send({ data })));
      provoke(all, session);
      await settle();
      assert.deepEqual([...sent, ...queued], ["pending", "pending", "pending"]);
      server.auto.ack = true;
      await clock.advance(1500);
      assert.deepEqual([...sent, ...queued], ["lost", "handled", "handled"]);
      const { cid } = server.socket;
      assert.notEqual(cid, session.cid);
      assert.deepEqual(log, [{ cid: session.cid }, 0, { cid, recovered: false, reason }]);
      assert.deepEqual(server.socket.of("message").map(({ data }) => data), ["queued", "queued too"]);
      assert.deepEqual(session.handled, ["sent"]);

      // What comes next is counted from the beginning.
      const next = server.session;
      server.socket.send(message("new"));
      server.socket.end(1006);
      await clock.advance(5000);
      assert.deepEqual(wish(server), next ? { cid, secret: next.secret, received: 3 } : true);
      assert.equal(opened.recovered, next !== undefined);
    });
  }

  it("because its time is over, after a long time away, with the outcome of what was sent", async () => {
    const { server, clock, open } = bench();
    const { socket, log } = await open();
    server.auto.ack = false;
    const outcomes = [socket.send({ data: "sent" })];
    server.isReachable = false;
    server.socket.end(1006);
    const fate = fates(outcomes);
    await clock.advance(300_000);
    assert.deepEqual(fate, ["pending"]);
    server.isReachable = true;
    await clock.advance(30_000);
    assert.deepEqual(fate, ["lost"]);
    assert.deepEqual(log.at(-1), { cid: server.socket.cid, recovered: false, reason: "expired" });
  });

  it("because the server has never kept one is lost at once", async () => {
    const { server, clock, open } = bench();
    server.resumes = server.auto.ack = false;
    const { socket, log } = await open();
    const outcome = fates([socket.send({ data: 1 })]);
    server.socket.end(1006);
    await settle();
    assert.deepEqual(outcome, ["lost"]);
    await clock.advance(1500);
    assert.equal(wish(server), true);
    assert.deepEqual(log.at(-1), { cid: server.socket.cid, recovered: false, reason: "unsupported" });
  });
});

describe("what has arrived", () => {
  it("is counted: each frame of a batch, and what is not known, but not what belongs to the socket", async () => {
    const { server, clock, open } = bench();
    await open();
    server.socket.send([message(1), { type: "tomorrow" }, { type: "event", event: "tomorrow" }]);
    server.socket.send(Uint8Array.of(1, 0, 18, ...new TextEncoder().encode('{"type":"message"}'), 5, 6));
    server.socket.write({ type: "ping" });
    server.socket.write({ type: "pong" });
    server.socket.write({ type: "event", event: "reconnect", within: 100 });
    server.socket.write([{ type: "pong" }, { type: "pong" }]);
    // The fake server keeps one that it can't read, and counts it.
    assert.equal(server.session.sent.length, 4);
    server.socket.end(1006);
    await clock.advance(1500);
    assert.equal(wish(server).received, 4);
  });

  it("is told with each ping, and with the answer to one", async () => {
    const { server, clock, open } = bench();
    const { session } = await open();
    assert.deepEqual(session.told, [0]);
    server.socket.send(message(1));
    await clock.advance(25_000);
    assert.deepEqual(session.told, [0, 1]);
    server.socket.send(message(2));
    await clock.advance(1000);
    server.socket.write({ type: "ping" });
    assert.deepEqual(server.socket.of("pong"), [{ type: "pong", received: 2 }]);
    server.socket.write({ type: "ping" });
    assert.deepEqual(server.socket.of("pong")[1], { type: "pong" });
    assert.deepEqual(session.told, [0, 1, 2]);
  });

  it("is not told to a server that keeps no session", async () => {
    const { server, clock, open } = bench();
    server.resumes = false;
    await open();
    for (let i = 0; i < 300; i++) {
      server.socket.send(message(i));
    }
    await clock.advance(30_000);
    assert.deepEqual(server.socket.of("ping"), [{ type: "ping" }, { type: "ping" }]);
    assert.deepEqual(server.socket.of("pong"), []);
  });

  for (const [what, frames, size] of /** @type {const} */ ([["100 frames", 100, 1], ["64 KiB", 4, 16_384]])) {
    it(`is told after ${what}, at most once a second`, async () => {
      const { server, clock, open } = bench();
      const { session } = await open();
      let sent = 0;
      const burst = (/** @type {number} */ count) => {
        for (let i = 0; i < count; i++) {
          server.socket.send(message("x".repeat(size)));
          sent++;
        }
      };
      await clock.advance(1000);
      burst(frames - 1);
      assert.deepEqual(session.told, [0]);
      burst(1);
      assert.deepEqual(session.told, [0, sent]);
      assert.deepEqual(server.socket.of("pong"), [{ type: "pong", received: sent }]);
      const first = sent;
      burst(3 * frames);
      await clock.advance(999);
      assert.deepEqual(session.told, [0, first]);
      await clock.advance(1);
      assert.deepEqual(session.told, [0, first, sent]);
      const second = sent;
      await clock.advance(1000);
      assert.deepEqual(session.told, [0, first, second]);
    });
  }

  it("counts in bytes, not in characters", async () => {
    const { server, clock, open } = bench();
    const { session } = await open();
    await clock.advance(1000);
    server.socket.send([message("您".repeat(11_000)), message("您".repeat(11_000))]);
    assert.deepEqual(session.told, [0, 2]);
  });

  it("is not told any more when the socket is lost", async () => {
    const { server, clock, open } = bench();
    const { socket, session } = await open();
    for (let i = 0; i < 200; i++) {
      server.socket.send(message(i));
    }
    server.socket.end(1006);
    assert.equal(clock.pending, 1);
    await clock.advance(1200);
    assert.deepEqual(session.told, [0]);
    await clock.advance(300);
    assert.equal(wish(server).received, 200);
    for (let i = 0; i < 200; i++) {
      server.socket.send(message(i));
    }
    socket.close();
    assert.equal(clock.pending, 0);
  });
});

describe("a socket that is given up", () => {
  it("half open is taken over from, with what it did not bring", async () => {
    const { server, clock, open } = bench();
    const { socket, log, session } = await open();
    const half = server.socket;
    half.handlers = { ...half.handlers, message: () => {} };
    half.isHeard = false;
    const sent = fates([socket.send({ data: "up" })]);
    half.send(message("down"));
    await clock.advance(25_000 + 10_000);
    assert.equal(half.closed?.code, 4502);
    assert.equal(session.socket, half);
    // The server does not know.
    half.isLive = true;
    await clock.advance(1500);
    assert.equal(session.socket, server.socket);
    assert.equal(half.isLive, false);
    assert.deepEqual(log.slice(1), [{ cid: session.cid, recovered: true }, "down"]);
    assert.deepEqual([sent, session.handled], [["handled"], ["up"]]);
    await clock.advance(60_000);
    assert.deepEqual([socket.state, server.sockets.length], ["open", 2]);
  });

  it("because the network is away, or fails without a close, or is silent, is closed with 4502, and the session goes on", async () => {
    for (const how of ["offline", "error", "silence"]) {
      const { server, platform, clock, open } = bench();
      const { socket, log, session } = await open();
      const lost = server.socket;
      if (how === "offline") {
        platform.happen("offline");
        platform.happen("online");
      } else if (how === "error") {
        lost.handlers.error("gone");
      } else {
        server.auto.pong = false;
        await clock.advance(35_000);
        server.auto.pong = true;
      }
      assert.equal(lost.closed?.code, 4502, how);
      await clock.advance(2000);
      assert.equal(socket.state, "open");
      assert.deepEqual(log.at(-1), { cid: session.cid, recovered: true }, how);
    }
  });

  it("while the session is resumed is closed with 4502, and the session is resumed once more", async () => {
    const { server, clock, open } = bench();
    const { socket, log, session } = await open();
    server.auto.connect = false;
    server.socket.end(1006);
    session.send([message(1)]);
    await clock.advance(1500 + 20_000);
    assert.equal(server.socket.closed?.code, 4502);
    server.auto.connect = true;
    await clock.advance(30_000);
    assert.equal(socket.state, "open");
    assert.deepEqual(log.slice(1), [{ cid: session.cid, recovered: true }, 1]);
  });

  it("for good is not closed with 4502", async () => {
    const first = bench();
    first.server.auto.connect = false;
    await first.vk.connectWebSocket({ url: CHAT });
    await first.clock.advance(20_000);
    assert.equal(first.server.socket.closed?.code, 4501);

    const last = bench({ reconnect: { maxAttempts: 0 } });
    const { log } = await last.open();
    last.server.auto.pong = false;
    await last.clock.advance(35_000);
    assert.equal(last.server.socket.closed?.code, 4500);
    assert.deepEqual(log.at(-1), ["close", 4500]);

    const signed = bench();
    const socket = await signed.vk.connectWebSocket({ url: signed.server.signed("a") });
    await settle();
    signed.platform.happen("offline");
    assert.deepEqual([socket.state, signed.server.socket.closed?.code], ["closed", 1000]);
  });
});

describe("another loss", () => {
  it("before the answer came: what was missed comes with the next one", async () => {
    const { server, clock, open } = bench();
    const { socket, log, session } = await open();
    server.auto.ack = false;
    server.socket.isHeard = false;
    const sent = fates([socket.send({ data: "up" })]);
    server.socket.end(1006);
    session.send([message(1)]);
    server.auto.connect = false;
    await clock.advance(1500);
    const deaf = server.socket;
    deaf.handlers = { ...deaf.handlers, message: () => {} };
    deaf.accept();
    deaf.handlers.close({ code: 1006, reason: "", wasClean: false });
    deaf.isLive = true;
    server.auto.connect = server.auto.ack = true;
    await clock.advance(5000);
    assert.deepEqual(log.slice(1), [{ cid: session.cid, recovered: true }, 1]);
    assert.deepEqual([sent, session.handled], [["handled"], ["up"]]);
  });

  it("right after it was resumed: nothing is missed, and nothing comes twice", async () => {
    for (const batches of [false, true]) {
      for (const moment of ["open", "message", "frame"]) {
        const { server, clock, open } = bench();
        server.batches = batches;
        const { socket, log, session } = await open();
        server.auto.ack = false;
        server.socket.isHeard = false;
        const sent = fates([1, 2, 3].map((data) => socket.send({ data })));
        server.socket.end(1006);
        [4, 5, 6].forEach((data) => session.send([message(data)]));
        server.auto.ack = true;
        let isCut = false;
        const cut = () => {
          if (!isCut) {
            isCut = true;
            server.socket.end(1006);
          }
        };
        if (moment === "open") {
          socket.onOpen(cut);
        } else if (moment === "message") {
          socket.onMessage(cut);
        } else {
          socket.on("frame", ({ direction, type }) => direction === "out" && type === "message" && cut());
        }
        await clock.advance(10_000);
        assert.equal(socket.state, "open");
        assert.equal(server.sockets.length, 3);
        assert.deepEqual(log.filter((entry) => typeof entry === "number"), [4, 5, 6], moment);
        assert.deepEqual(session.handled, [1, 2, 3], moment);
        assert.deepEqual(sent, ["handled", "handled", "handled"], moment);
      }
    }
  });
});

describe("whose session it is", () => {
  it("another user's login while it is away ends it, and nobody resumes it", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann");
    const { socket, log } = await open();
    server.auto.ack = false;
    const sent = fates([socket.send({ data: 1 })]);
    server.socket.end(1006);
    await login("bob");
    await clock.advance(60_000);
    assert.deepEqual([socket.state, ...sent], ["closed", "lost"]);
    assert.deepEqual(log.slice(1), [["close", 1000]]);
    assert.equal(server.sockets.length, 1);
    const next = await open();
    assert.equal(wish(server), true);
    assert.deepEqual(next.log, [{ cid: server.socket.cid }]);
    await vk.userCenter.logout();
    assert.equal(server.socket.closed?.code, 1000);
    await open();
    assert.equal(wish(server), true);
  });

  it("nobody's is not resumed by who has logged in meanwhile", async () => {
    const { server, clock, login, open } = bench();
    const { socket, log } = await open();
    server.auto.ack = false;
    const sent = fates([socket.send({ data: 1 })]);
    server.socket.end(1006);
    await login("ann");
    await clock.advance(1500);
    assert.equal(wish(server), true);
    assert.deepEqual(log.at(-1), { cid: server.socket.cid, recovered: false, reason: "changed" });
    assert.deepEqual(sent, ["lost"]);
    server.socket.end(1006);
    await clock.advance(5000);
    assert.deepEqual(log.at(-1), { cid: server.socket.cid, recovered: true });
  });

  it("of the same user is resumed with a newer token", async () => {
    const { server, clock, login, open } = bench();
    await login("ann");
    const { log, session } = await open();
    server.socket.end(1006);
    await login("ann");
    await clock.advance(1500);
    assert.deepEqual(log.at(-1), { cid: session.cid, recovered: true });
  });
});

describe("an encrypted connection", () => {
  const mask = (/** @type {Uint8Array} */ bytes) => bytes.map((byte) => byte ^ 0x5a);
  /** Stands for the real channel: the same steps, no secrets. */
  const encryption = {
    initiate: async () => ({
      message: Uint8Array.of(3, 1),
      finish: async () => ({
        seal: async (/** @type {Uint8Array} */ bytes) => mask(bytes),
        open: async (/** @type {Uint8Array} */ bytes) => mask(bytes),
      }),
    }),
  };

  it("is resumed, each time by a handshake of its own", async () => {
    const { server, clock, open } = bench({ encryption, encryptionKeys: ["k"] });
    const accept = server.open.bind(server);
    let handshakes = 0;
    server.open = (url, protocol, handlers) => {
      const message = (/** @type {any} */ frame) => handlers.message(mask(new TextEncoder().encode(frame)));
      const near = accept(url, protocol, { ...handlers, message });
      let begun = false;
      const send = (/** @type {Uint8Array} */ bytes) => {
        if (begun) {
          near.send(mask(bytes));
        } else {
          begun = true;
          handshakes++;
          setImmediate(() => handlers.message(Uint8Array.of(3, 2)));
        }
      };
      return { ...near, send };
    };
    const { socket, log, session } = await open({ encrypt: true });
    server.auto.ack = false;
    server.socket.isHeard = false;
    const sent = fates([socket.send({ data: "up" })]);
    await settle();
    server.socket.end(1006);
    await settle();
    session.send([message("down")]);
    server.auto.ack = true;
    await clock.advance(1500);
    assert.deepEqual([handshakes, socket.encrypted, session.handled, sent], [2, true, ["up"], ["handled"]]);
    assert.deepEqual(log.slice(1), [{ cid: session.cid, recovered: true }, "down"]);
  });
});
