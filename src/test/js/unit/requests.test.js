import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VkError } from "../../../main/webapp/sdk/index.js";
import { bench, settle } from "../fake/bench.js";

/** What became of a promise so far. @param {Promise<any>} promise */
function fate(promise) {
  /** @type {any} */
  const outcome = { status: "pending" };
  promise.then(
    (value) => Object.assign(outcome, { status: "done", value }),
    ({ status, code, msg }) => Object.assign(outcome, { status, code, msg }),
  );
  return outcome;
}

/** @param {{resumes?: boolean}} [options] */
async function opened({ resumes = false } = {}) {
  const all = bench();
  all.server.resumes = resumes;
  return { ...all, ...(await all.open()) };
}

const CANCELLED = { status: "cancelled", code: 499, msg: "the request was cancelled" };

describe("a request of the client", () => {
  it("resolves with what the server answers", async () => {
    const { server, socket } = await opened();
    const [first, second] = [fate(socket.request({ data: { a: 1 } })), fate(socket.callFunction({ method: "add", data: 2 }))];
    assert.deepEqual(server.socket.of("request"), [
      { type: "request", id: 1, data: { a: 1 } },
      { type: "request", id: 2, method: "add", data: 2 },
    ]);
    server.socket.send({ type: "response", re: 2, data: "two" });
    server.socket.send({ type: "response", re: 1 });
    server.socket.send({ type: "response", re: 1, data: "again" });
    server.socket.send({ type: "response", re: 99, data: "unknown" });
    await settle();
    assert.deepEqual(first, { status: "done", value: null });
    assert.deepEqual(second, { status: "done", value: "two" });
  });

  it("rejects with the server's error, which no listener hears of besides", async () => {
    const { server, socket, log } = await opened();
    const outcome = fate(socket.request({ data: 1 }));
    const heard = log.length;
    server.socket.event("error", { err: { code: 501, msg: "frames of type request are not supported by this server" }, re: 1 });
    await settle();
    assert.equal(outcome.code, 501);
    assert.equal(outcome.status, "refused");
    assert.equal(log.length, heard);
  });

  it("is cancelled by its signal, at once, and its late answer is ignored", async () => {
    const { server, socket, log } = await opened();
    const stop = new AbortController();
    const outcome = fate(socket.request({ data: 1, signal: stop.signal }));
    const heard = log.length;
    stop.abort();
    await settle();
    assert.deepEqual(outcome, CANCELLED);
    assert.deepEqual(server.socket.of("cancel"), [{ type: "cancel", re: 1 }]);
    server.socket.event("error", { err: { code: 499, msg: "cancelled" }, re: 1 });
    assert.equal(log.length, heard);
    const never = fate(socket.request({ data: 2, signal: stop.signal }));
    await settle();
    assert.deepEqual(never, CANCELLED);
    assert.equal(server.socket.of("request").length, 1);
  });

  it("is cancelled after its time", async () => {
    const { server, clock, socket } = await opened();
    const [byDefault, own] = [fate(socket.request({ data: 1 })), fate(socket.request({ data: 2, timeout: 500 }))];
    await clock.advance(500);
    assert.equal(own.status, "timeout");
    assert.deepEqual(server.socket.of("cancel"), [{ type: "cancel", re: 2 }]);
    await clock.advance(29_500);
    assert.equal(byDefault.status, "timeout");
    assert.equal(byDefault.code, 502);
  });

  it("waits while the connection is away, and is not sent when it is cancelled meanwhile", async () => {
    const { server, clock, socket } = await opened();
    server.socket.end(1006);
    const stop = new AbortController();
    const [kept, dropped] = [fate(socket.request({ data: 1 })), fate(socket.request({ data: 2, signal: stop.signal }))];
    stop.abort();
    await clock.advance(1500);
    assert.deepEqual(server.socket.of("request").map(({ data }) => data), [1]);
    assert.deepEqual(server.socket.of("cancel"), []);
    server.socket.send({ type: "response", re: 1, data: "late" });
    await settle();
    assert.equal(kept.value, "late");
    assert.equal(dropped.status, "cancelled");
  });

  it("is sent once over a resume, and its cancel again", async () => {
    const { server, clock, socket } = await opened({ resumes: true });
    const stop = new AbortController();
    const [first, second] = [fate(socket.request({ data: 1 })), fate(socket.request({ data: 2, signal: stop.signal }))];
    const { session } = server;
    server.socket.end(1006);
    stop.abort();
    session.send([{ type: "response", re: 1, data: "one" }]);
    await clock.advance(1500);
    assert.equal(first.value, "one");
    assert.equal(second.status, "cancelled");
    assert.deepEqual(server.socket.of("request"), []);
    assert.deepEqual(server.socket.of("cancel"), [{ type: "cancel", re: 2 }]);
    assert.deepEqual(server.violations, []);
  });

  it("is lost with its session", async () => {
    const { server, clock, socket } = await opened({ resumes: true });
    const outcome = fate(socket.request({ data: 1 }));
    server.sessions.restart();
    server.socket.end(1006);
    await clock.advance(1500);
    assert.equal(outcome.status, "lost");
    socket.close();
    const late = fate(socket.request({ data: 1 }));
    await settle();
    assert.equal(late.status, "closed");
  });

  it("refuses what is no request", async () => {
    const { socket } = await opened();
    const any = /** @type {any} */ (socket);
    for (const wrong of [any.request(1), any.callFunction({}), any.request({ method: 1 }), any.request({ data: 1, timeout: 0 })]) {
      await assert.rejects(wrong, { code: 400 });
    }
    assert.throws(() => any.stream({ credit: 1001 }), { code: 400 });
    assert.throws(() => any.onRequest(1), { code: 400 });
  });

  it("is told to callbacks too", async () => {
    const { server, socket } = await opened();
    /** @type {any[]} */
    const heard = [];
    void socket.request({ data: 1, success: (value) => heard.push(value), complete: () => heard.push("complete") });
    server.socket.send({ type: "response", re: 1, data: "one" });
    await settle();
    assert.deepEqual(heard, ["one", "complete"]);
  });
});

describe("a stream", () => {
  it("is asked for with its first item, and gives credit as items are taken", async () => {
    const { server, socket } = await opened();
    const items = socket.stream({ method: "list", data: 1, credit: 4 });
    assert.deepEqual(server.socket.of("request"), []);
    const first = fate(items.next());
    assert.deepEqual(server.socket.of("request"), [{ type: "request", id: 1, method: "list", credit: 4, data: 1 }]);
    [1, 2, 3, 4].forEach((data) => server.socket.send({ type: "item", re: 1, data }));
    await settle();
    assert.deepEqual(first.value, { value: 1, done: false });
    assert.deepEqual(server.socket.of("credit"), [], "half of it is there still");
    await items.next();
    assert.deepEqual(server.socket.of("credit"), [{ type: "credit", re: 1, total: 6 }]);
    await items.next();
    await items.next();
    assert.deepEqual(server.socket.of("credit").at(-1), { type: "credit", re: 1, total: 8 });
    const last = fate(items.next());
    server.socket.send({ type: "response", re: 1, end: true });
    await settle();
    assert.equal(last.value.done, true);
    assert.equal((await items.next()).done, true);
  });

  it("is for a loop, which cancels it when it breaks", async () => {
    const { server, socket } = await opened();
    /** @type {any[]} */
    const got = [];
    const loop = (async () => {
      for await (const item of socket.stream({ data: 1 })) {
        got.push(item);
        if (got.length === 2) {
          break;
        }
      }
    })();
    await settle();
    [1, 2, 3].forEach((data) => server.socket.send({ type: "item", re: 1, data }));
    await loop;
    assert.deepEqual(got, [1, 2]);
    assert.deepEqual(server.socket.of("cancel"), [{ type: "cancel", re: 1 }]);
    server.socket.send({ type: "item", re: 1, data: 4 });
  });

  it("fails behind the items that came before", async () => {
    const { server, socket } = await opened();
    const items = socket.stream({ data: 1 });
    const first = items.next();
    server.socket.send({ type: "item", re: 1, data: 1 });
    server.socket.send({ type: "item", re: 1, data: 2 });
    server.socket.event("error", { err: { code: 1001, msg: "dry" }, re: 1 });
    assert.equal((await first).value, 1);
    assert.equal((await items.next()).value, 2);
    await assert.rejects(items.next(), { code: 1001 });
    assert.equal((await items.next()).done, true);
  });

  it("rejects at once when its signal aborts", async () => {
    const { server, socket } = await opened();
    const stop = new AbortController();
    const items = socket.stream({ data: 1, signal: stop.signal });
    const first = items.next();
    server.socket.send({ type: "item", re: 1, data: 1 });
    server.socket.send({ type: "item", re: 1, data: 2 });
    await first;
    stop.abort();
    await settle();
    await assert.rejects(items.next(), { code: 499 });
    assert.equal(server.socket.of("cancel").length, 1);
  });

  it("says its credit again after a return", async () => {
    const { server, clock, socket } = await opened({ resumes: true });
    const items = socket.stream({ data: 1, credit: 2 });
    const first = items.next();
    server.socket.send({ type: "item", re: 1, data: 1 });
    await first;
    assert.deepEqual(server.socket.of("credit"), [{ type: "credit", re: 1, total: 3 }]);
    server.socket.end(1006);
    await clock.advance(1500);
    assert.deepEqual(server.socket.of("credit"), [{ type: "credit", re: 1, total: 3 }]);
    server.socket.send({ type: "item", re: 1, data: 2 });
    assert.equal((await items.next()).value, 2);
  });

  it("is told of a result that is none", async () => {
    const { server, socket } = await opened();
    const first = fate(socket.stream({ data: 1 }).next());
    server.socket.send({ type: "response", re: 1, data: [1, 2] });
    await settle();
    assert.equal(first.code, 501);
  });
});

describe("a request of the server", () => {
  it("is answered by the handler, or with its failure", async () => {
    const { server, socket } = await opened();
    socket.onRequest((data) => {
      if (data === "own") {
        throw new VkError(1001, "full");
      }
      if (data === "bug") {
        throw new TypeError("x is undefined");
      }
      return { got: data };
    });
    ["a", "own", "bug"].forEach((data, i) => server.socket.send({ type: "request", id: i + 1, data }));
    await settle();
    const answers = server.socket.of("response").map(({ re, data, err }) => ({ re, data, err }));
    assert.deepEqual(answers.sort((a, b) => a.re - b.re), [
      { re: 1, data: { got: "a" }, err: undefined },
      { re: 2, data: undefined, err: { code: 1001, msg: "full" } },
      { re: 3, data: undefined, err: { code: -1, msg: "x is undefined" } },
    ]);
  });

  it("fails without a handler, and where the answer can't be written", async () => {
    const { server, socket } = await opened();
    server.socket.send({ type: "request", id: 1 });
    await settle();
    const stop = socket.onRequest(() => () => {});
    server.socket.send({ type: "request", id: 2 });
    await settle();
    stop();
    server.socket.send({ type: "request", id: 3 });
    await settle();
    const [first, second, third] = server.socket.of("response").map(({ err }) => err);
    assert.deepEqual([first.code, third.code], [501, 501]);
    assert.equal(second.code, 400);
    assert.match(second.msg, /data/);
  });

  it("shows the handler that nobody wants an answer any more", async () => {
    const { server, socket } = await opened();
    /** @type {string[]} */
    const heard = [];
    socket.onRequest((_, { signal }) => new Promise((resolve) => signal.addEventListener("abort", () => (heard.push("abort"), resolve(1)))));
    server.socket.send({ type: "request", id: 1 });
    server.socket.send({ type: "request", id: 2 });
    server.socket.send({ type: "cancel", re: 1 });
    server.socket.send({ type: "cancel", re: 99 });
    await settle();
    assert.deepEqual(heard, ["abort"]);
    socket.close();
    await settle();
    assert.deepEqual(heard, ["abort", "abort"]);
    assert.deepEqual(server.socket.of("response"), []);
  });

  it("is answered over the next socket of its session", async () => {
    const { server, clock, socket } = await opened({ resumes: true });
    /** @type {(value: unknown) => void} */
    let answer = () => {};
    socket.onRequest(() => new Promise((resolve) => (answer = resolve)));
    server.socket.send({ type: "request", id: 1 });
    server.socket.end(1006);
    answer("late");
    await clock.advance(1500);
    assert.deepEqual(server.socket.of("response"), [{ type: "response", id: 1, re: 1, data: "late" }]);
    assert.deepEqual(server.violations, []);
  });

  it("is not answered in another session", async () => {
    const { server, clock, socket } = await opened({ resumes: true });
    let isAborted = false;
    /** @type {(value: unknown) => void} */
    let answer = () => {};
    socket.onRequest((data, { signal }) => {
      signal.addEventListener("abort", () => (isAborted = true));
      return data === 1 ? "waits" : new Promise((resolve) => (answer = resolve));
    });
    server.socket.send({ type: "request", id: 1, data: 2 });
    const { session } = server;
    server.sessions.restart();
    server.socket.end(1006);
    session.send([]);
    await clock.advance(1500);
    answer("late");
    await settle();
    assert.ok(isAborted);
    assert.deepEqual(server.socket.of("response"), []);
  });
});
