import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";

/** What became of a promise so far. @param {Promise<any>} promise */
function fate(promise) {
  /** @type {{status: string, code?: number, msg?: string, requestId?: string}} */
  const outcome = { status: "pending" };
  promise.then(
    ({ status }) => Object.assign(outcome, { status }),
    ({ status, code, msg, requestId }) => Object.assign(outcome, { status, code, msg, requestId }),
  );
  return outcome;
}

describe("a message", () => {
  it("is handled when the server says so", async () => {
    const { server, open } = bench();
    server.auto.ack = false;
    const { socket } = await open();
    const [first, second] = [fate(socket.send({ data: { a: 1 } })), fate(socket.send({ data: Uint8Array.of(1, 2) }))];
    assert.deepEqual(server.socket.of("message"), [
      { type: "message", id: 1, data: { a: 1 } },
      { type: "message", id: 2, binary: [1, 2] },
    ]);
    server.socket.send({ type: "ack", id: 2 });
    await settle();
    assert.deepEqual([first.status, second.status], ["pending", "handled"]);
    server.socket.send({ type: "ack", id: 1 });
    server.socket.send({ type: "ack", id: 1 });
    server.socket.send({ type: "ack", id: 99 });
    await settle();
    assert.equal(first.status, "handled");
  });

  it("is refused when the server's error names it, and the event is told as well", async () => {
    const { server, open } = bench();
    server.auto.ack = false;
    const { socket, log } = await open();
    const outcome = fate(socket.send({ data: 1 }));
    server.socket.event("error", { err: { code: 403, msg: "access denied", requestId: "r-1" }, re: 1 });
    await settle();
    assert.deepEqual(outcome, { status: "refused", code: 403, msg: "access denied", requestId: "r-1" });
    assert.deepEqual(log.at(-1), ["vk", "error", 403, false]);
  });

  it("is told to callbacks too", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    /** @type {any[]} */
    const heard = [];
    socket.send({ data: 1, success: ({ status }) => heard.push(status), complete: () => heard.push("complete") });
    await settle();
    server.auto.ack = false;
    socket.send({ data: 2, fail: ({ status }) => heard.push(status), complete: () => heard.push("complete") });
    server.socket.end(1006);
    await settle();
    assert.deepEqual(heard, ["handled", "complete", "lost", "complete"]);
  });

  it("sent before the connection was accepted waits for that, and leaves in order", async () => {
    const { server, vk } = bench();
    server.auto.connect = false;
    const socket = await vk.connectWebSocket({ url: CHAT });
    const outcomes = [fate(socket.send({ data: 1 })), fate(socket.send({ data: 2 }))];
    socket.onOpen(() => socket.send({ data: 3 }));
    await settle();
    assert.equal(server.socket.of("message").length, 0);
    server.socket.accept();
    await settle();
    assert.deepEqual(server.socket.of("message").map(({ data }) => data), [1, 2, 3]);
    assert.deepEqual(outcomes.map(({ status }) => status), ["handled", "handled"]);
  });

  it("that was on its way when the connection was lost is lost, and not sent again", async () => {
    const { server, clock, open } = bench();
    server.auto.ack = false;
    const { socket } = await open();
    const sent = fate(socket.send({ data: "sent" }));
    server.socket.end(1006);
    const queued = fate(socket.send({ data: "queued" }));
    await settle();
    assert.deepEqual([sent.status, queued.status], ["lost", "pending"]);
    server.auto.ack = true;
    await clock.advance(1500);
    assert.deepEqual([sent.status, queued.status], ["lost", "handled"]);
    assert.deepEqual(server.socket.of("message").map(({ data }) => data), ["queued"]);
  });

  it("is taken as it is when it is sent", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    server.socket.end(1006);
    const data = { a: 1 };
    void socket.send({ data });
    data.a = 2;
    await clock.advance(1500);
    assert.deepEqual(server.socket.of("message")[0].data, { a: 1 });
  });

  it("does not fit into a full queue", async () => {
    const { server, clock, open } = bench({ queue: { messages: 2, bytes: 100 } });
    const { socket } = await open();
    server.socket.end(1006);
    const outcomes = [1, 2, 3].map((data) => fate(socket.send({ data })));
    await settle();
    assert.deepEqual(outcomes.map(({ status }) => status), ["pending", "pending", "full"]);
    await clock.advance(1500);
    assert.deepEqual(outcomes.map(({ status }) => status), ["handled", "handled", "full"]);
    server.socket.end(1006);
    const [large, small] = [fate(socket.send({ data: "x".repeat(100) })), fate(socket.send({ data: "x" }))];
    await settle();
    assert.deepEqual([large.status, small.status], ["full", "pending"]);
  });

  it("by default waits with 999 others, and no more", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    server.socket.end(1006);
    const outcomes = Array.from({ length: 1001 }, (_, data) => fate(socket.send({ data })));
    await clock.advance(1500);
    assert.equal(outcomes.filter(({ status }) => status === "handled").length, 1000);
    assert.equal(outcomes[1000].status, "full");
    assert.deepEqual(server.socket.of("message").map(({ data }) => data), Array.from({ length: 1000 }, (_, i) => i));
  });

  it("runs out of its time, and when it was not sent yet never is", async () => {
    const { server, clock, open } = bench();
    server.auto.ack = false;
    const { socket } = await open();
    const sent = fate(socket.send({ data: 1, timeout: 1000 }));
    await clock.advance(999);
    assert.equal(sent.status, "pending");
    await clock.advance(1);
    assert.equal(sent.status, "timeout");
    server.socket.end(1006);
    const queued = fate(socket.send({ data: 2, timeout: 1000 }));
    await clock.advance(3000);
    assert.equal(queued.status, "timeout");
    assert.equal(socket.state, "open");
    assert.deepEqual(server.socket.of("message"), []);
  });

  it("waiting or on its way when the connection ends is closed, or lost", async () => {
    const { server, clock, open } = bench();
    server.auto.ack = false;
    const { socket } = await open();
    const sent = fate(socket.send({ data: 1, timeout: 5000 }));
    socket.close();
    const late = fate(socket.send({ data: 2 }));
    await settle();
    assert.deepEqual([sent.status, late.status], ["lost", "closed"]);

    const { socket: other } = await open({ channel: "other" });
    server.socket.end(1006);
    const queued = fate(other.send({ data: 3 }));
    other.close();
    await settle();
    assert.equal(queued.status, "closed");
    assert.equal(clock.pending, 0);
  });

  it("that is no JSON is refused here", async () => {
    const { server, open } = bench();
    const { socket } = await open();
    /** @type {any} */
    const circle = {};
    circle.circle = circle;
    for (const data of [circle, 1n]) {
      await assert.rejects(socket.send({ data }), { code: 400, status: "refused" });
    }
    assert.equal(server.socket.of("message").length, 0);
  });

  // The runner fails a test that leaves a rejection unhandled.
  it("need not be listened to", async () => {
    const { server, open } = bench();
    server.auto.ack = false;
    const { socket } = await open();
    void socket.send({ data: 1 });
    server.socket.end(4000);
    await settle();
    void socket.send({ data: 1 });
    await settle();
  });

  it("finds the socket broken when the platform throws", async () => {
    const { server, clock, open } = bench();
    const { socket } = await open();
    server.socket.isLive = false;
    const outcome = fate(socket.send({ data: 1 }));
    await settle();
    assert.deepEqual([socket.state, outcome.status], ["waiting", "lost"]);
    await clock.advance(1500);
    assert.equal(socket.state, "open");
  });
});
