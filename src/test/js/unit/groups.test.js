import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench as plainBench, settle } from "../fake/bench.js";

/** An open connection to a server that keeps sessions. */
async function open() {
  const all = plainBench();
  all.server.resumes = true;
  const socket = await all.vk.connectWebSocket({ url: CHAT });
  /** @type {any[]} */
  const log = [];
  socket.onMessage((data) => log.push(data));
  socket.on("caughtUp", (outcome) => log.push(outcome));
  await settle();
  const { server, clock } = all;
  return {
    ...all,
    socket,
    log,
    /** @param {any} frame */
    send: (frame) => server.socket.send(frame),
    /** The catchup frames that have come on this socket. */
    asked: () => server.socket.frames.filter(({ type }) => type === "catchup"),
    /** The connection is lost and comes back. @param {boolean} recovered */
    async back(recovered) {
      if (!recovered) {
        server.sessions.restart();
      }
      server.socket.end(1006);
      await clock.advance(5000);
    },
  };
}

/** @param {number} pos @param {string} [epoch] @param {string} [group] */
const message = (pos, epoch = "e1", group = "g") => ({ type: "message", data: pos, group, pos, epoch });
/** @param {number} pos @param {string} [epoch] */
const joined = (pos, epoch = "e1") => ({ type: "joined", group: "g", pos, epoch });
/** @param {any} asked @param {number} pos @param {any} [rest] */
const caughtUp = (asked, pos, rest = {}) => ({
  type: "caughtup",
  re: asked.id,
  group: "g",
  pos,
  epoch: "e1",
  complete: true,
  ...rest,
});

describe("a group that keeps its messages", () => {
  it("gives them as any others, and is asked for nothing by a new member", async () => {
    const { socket, log, send, asked } = await open();
    send(joined(7));
    send(message(8));
    // One that the connection was excepted from is not missing.
    send(message(10));
    await settle();
    assert.deepEqual(log, [8, 10]);
    assert.deepEqual(asked(), []);
    assert.deepEqual(socket.position("g"), { epoch: "e1", pos: 10 });
    assert.equal(socket.position("h"), undefined);
  });

  it("is asked for nothing after a resume", async () => {
    const { log, send, asked, back } = await open();
    send(joined(7));
    send(message(8));
    await back(true);
    send(message(9));
    await settle();
    assert.deepEqual([log, asked()], [[8, 9], []]);
  });

  it("gives what was missed after a session was not resumed, each once and in order", async () => {
    const { log, send, asked, back } = await open();
    send(joined(7));
    send(message(8));
    await back(false);
    assert.deepEqual(asked(), []);
    send(joined(11));
    await settle();
    const [question] = asked();
    assert.deepEqual(question, { type: "catchup", id: question.id, group: "g", epoch: "e1", pos: 8 });
    send(message(12));
    [9, 10, 11, 12].forEach((pos) => send(message(pos)));
    assert.deepEqual(log, [8]);
    send(caughtUp(question, 12));
    send(message(13));
    assert.deepEqual(log, [8, { group: "g", epoch: "e1", pos: 12, complete: true }, 9, 10, 11, 12, 13]);
  });

  it("is asked when a message comes before the word of the membership", async () => {
    const { log, send, asked, back } = await open();
    send(message(1));
    await back(false);
    send(message(4));
    send(joined(4));
    await settle();
    const [question] = asked();
    assert.equal(asked().length, 1);
    [2, 3, 4].forEach((pos) => send(message(pos)));
    send(caughtUp(question, 4));
    assert.deepEqual(log.filter((entry) => typeof entry === "number"), [1, 2, 3, 4]);
  });

  it("is asked for nothing where nothing was missed", async () => {
    const { log, send, asked, back } = await open();
    send(message(1));
    await back(false);
    send(joined(1));
    send(message(2));
    await settle();
    assert.deepEqual([log, asked()], [[1, 2], []]);
  });

  it("says what is missing before it gives the rest", async () => {
    const { log, send, asked, back } = await open();
    send(message(1));
    await back(false);
    send(joined(9));
    await settle();
    send(message(8));
    send(message(9));
    send(caughtUp(asked()[0], 9, { complete: false, reason: "expired" }));
    assert.deepEqual(log, [1, { group: "g", epoch: "e1", pos: 9, complete: false, reason: "expired" }, 8, 9]);
  });

  it("begins anew in another epoch", async () => {
    const { log, send, asked, back, socket } = await open();
    send(message(5));
    await back(false);
    send(joined(2, "e2"));
    await settle();
    assert.equal(asked()[0].epoch, "e1");
    send(message(1, "e2"));
    send(message(2, "e2"));
    send(caughtUp(asked()[0], 2, { epoch: "e2", complete: false, reason: "restarted" }));
    send(message(3, "e2"));
    assert.deepEqual(log, [5, { group: "g", epoch: "e2", pos: 2, complete: false, reason: "restarted" }, 1, 2, 3]);
    assert.deepEqual(socket.position("g"), { epoch: "e2", pos: 3 });
  });

  it("is asked for each part", async () => {
    const { log, send, asked, back } = await open();
    send(message(1));
    await back(false);
    send(joined(4));
    await settle();
    send(message(2));
    send(caughtUp(asked()[0], 2, { more: true }));
    assert.deepEqual({ ...asked()[1], id: 0 }, { type: "catchup", id: 0, group: "g", epoch: "e1", pos: 2 });
    send(message(3));
    send(message(4));
    send(caughtUp(asked()[1], 4));
    assert.deepEqual(log.filter((entry) => typeof entry === "number"), [1, 2, 3, 4]);
  });

  it("can be asked for all that is kept", async () => {
    const { socket, log, send, asked } = await open();
    send(joined(2));
    send(message(3));
    const outcome = socket.catchUp("g");
    await settle();
    assert.deepEqual({ ...asked()[0], id: 0 }, { type: "catchup", id: 0, group: "g" });
    [1, 2, 3].forEach((pos) => send(message(pos)));
    send(caughtUp(asked()[0], 3));
    assert.deepEqual(await outcome, { group: "g", epoch: "e1", pos: 3, complete: true });
    assert.deepEqual(log.filter((entry) => typeof entry === "number"), [3, 1, 2]);
  });

  it("can be asked from a position that was stored", async () => {
    const { socket, send, asked } = await open();
    const outcome = socket.catchUp("g", { since: { epoch: "e1", pos: 40 } });
    await settle();
    assert.deepEqual([asked()[0].epoch, asked()[0].pos], ["e1", 40]);
    send(caughtUp(asked()[0], 40));
    assert.equal((await outcome).complete, true);
  });

  it("refuses with the server's code, and goes on", async () => {
    const { socket, log, send, asked } = await open();
    /** @type {any[]} */
    const events = [];
    socket.onVkMessage((event) => events.push(event));
    send(message(1));
    const outcome = socket.catchUp("g");
    await settle();
    send(message(2));
    send({ type: "event", event: "error", err: { code: 403, msg: "no member", requestId: "r" }, re: asked()[0].id });
    await assert.rejects(outcome, { code: 403, status: "refused" });
    send(message(3));
    assert.deepEqual([log, events], [[1, 2, 3], []]);
  });

  it("is asked again after a resume, and given up where the session was lost", async () => {
    const { socket, log, send, asked, back } = await open();
    send(message(1));
    const outcome = socket.catchUp("g");
    await settle();
    const [first] = asked();
    await back(true);
    const [second] = asked();
    assert.ok(second.id > first.id);
    send(caughtUp(first, 1));
    send(caughtUp(second, 1));
    assert.equal((await outcome).pos, 1);
    const lost = socket.catchUp("g");
    await settle();
    const refused = assert.rejects(lost, { status: "lost" });
    await back(false);
    await refused;
    assert.equal(log.filter((entry) => entry === 1).length, 1);
  });

  it("waits for the connection, and ends with it", async () => {
    const { socket, server, asked, clock } = await open();
    server.socket.end(1006);
    const outcome = socket.catchUp("g");
    await settle();
    await clock.advance(5000);
    assert.equal(asked().length, 1);
    const ended = assert.rejects(outcome, { status: "closed" });
    socket.close();
    await ended;
    await assert.rejects(socket.catchUp("g"), { status: "closed" });
  });

  it("refuses what is no group or position", async () => {
    const { socket } = await open();
    await assert.rejects(socket.catchUp(""), { code: 400 });
    await assert.rejects(socket.catchUp("g", /** @type {any} */ ({ since: { pos: 1 } })), { code: 400 });
  });
});
