import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { VkError } from "../../../../main/webapp/sdk/index.js";
import { client as make, until } from "../server.js";

const OBJECT = "it/pub.requests";
const server = new URL(String(process.env.SDK_SERVER));

/** The sockets of both sides of the proxy. @type {Set<import("node:net").Socket>} */
const sockets = new Set();
/** A proxy whose connections the tests break. */
const proxy = createServer((near) => {
  const far = connect(Number(server.port), server.hostname);
  for (const [one, other] of [[near, far], [far, near]]) {
    sockets.add(one);
    one.on("error", () => {});
    one.on("close", () => {
      sockets.delete(one);
      other.destroy();
    });
    one.pipe(other);
  }
});
const cut = () => [...sockets].forEach((socket) => socket.resetAndDestroy());

/** @type {ReturnType<typeof make>["vk"]} */
let vk;
/** @type {import("../../../../main/webapp/sdk/types.js").CloudSocket} */
let socket;
/** @type {Awaited<ReturnType<ReturnType<typeof make>["open"]>>["log"]} */
let log;

before(async () => {
  await new Promise((resolve) => proxy.listen(0, "localhost", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (proxy.address());
  const one = make({ baseUrl: `http://localhost:${port}/`, reconnect: { minDelay: 50, maxDelay: 1000 } });
  vk = one.vk;
  ({ socket, log } = await one.open(OBJECT));
});

after(() => {
  vk.close();
  cut();
  proxy.close();
});

let names = 0;
const unique = () => `${socket.cid} ${++names}`;

/** How often something has happened on the server. @param {string} name */
const counted = async (name) =>
  (await vk.callFunction({ url: `${OBJECT}.counted`, data: { what: "", name, number: 0 } })).count;

/** @param {string} what @param {() => Promise<boolean>} condition */
async function eventually(what, condition) {
  let is = false;
  const look = async () => (is = await condition());
  await until(what, () => {
    if (!is) {
      void look();
    }
    return is;
  });
}

describe("against the running server, a request", () => {
  it("gets what the event returns", async () => {
    assert.equal(await socket.request({ data: { what: "double", number: 21 } }), 42);
    assert.deepEqual(await socket.request({ data: { what: "bytes", number: 255 } }), Uint8Array.of(1, 2, 255));
    assert.equal(await socket.request({ data: { what: "nothing" } }), null);
  });

  it("calls a method over the connection", async () => {
    assert.equal(await socket.callFunction({ method: "add", data: { a: 1, b: 2 } }), 3);
    await assert.rejects(socket.callFunction({ method: "nothing" }), { code: 404 });
    await assert.rejects(socket.callFunction({ method: "onWebsocketMessage" }), { code: 501 });
  });

  it("fails with code and msg of the object", async () => {
    await assert.rejects(socket.request({ data: { what: "fail", name: "way" } }), { code: 1001, msg: "no way", status: "refused" });
  });

  it("is interrupted when it is cancelled", async () => {
    const name = unique();
    const stop = new AbortController();
    const waits = socket.request({ data: { what: "wait", name }, signal: stop.signal });
    await eventually("the handler", async () => (await counted(name)) === 1);
    stop.abort();
    await assert.rejects(waits, { code: 499 });
    await eventually("the interrupt", async () => (await counted(name)) === 2);
    assert.equal(await socket.request({ data: { what: "double", number: 1 } }), 2);
  });

  it("runs once, however often the network breaks", async () => {
    const name = unique();
    const cid = socket.cid;
    for (let round = 0; round < 5; round++) {
      const answers = [1, 2, 3].map(() => socket.request({ data: { what: "count", name } }));
      cut();
      assert.deepEqual(await Promise.all(answers), [1, 2, 3].map((i) => round * 3 + i));
    }
    assert.equal(socket.cid, cid);
    assert.ok(log.recovered.slice(1).every((recovered) => recovered === true));
  });
});

describe("against the running server, a stream", () => {
  it("comes as it is taken, and ends", async () => {
    const name = unique();
    const items = socket.stream({ method: "numbers", data: { what: "", name, number: 100 }, credit: 4 });
    assert.equal((await items.next()).value, 0);
    await eventually("what the client takes", async () => (await counted(name)) >= 4);
    assert.ok((await counted(name)) <= 5);
    let last = 0;
    for await (const item of items) {
      assert.equal(item, ++last);
    }
    assert.equal(last, 99);
    await eventually("its close", async () => (await counted(`closed ${name}`)) === 1);
  });

  it("goes on over the next socket", async () => {
    let next = 0;
    for await (const item of socket.stream({ method: "numbers", data: { what: "", name: unique(), number: 60 }, credit: 8 })) {
      assert.equal(item, next++);
      if (item % 20 === 10) {
        cut();
      }
    }
    assert.equal(next, 60);
  });

  it("is closed when the client breaks off", async () => {
    const name = unique();
    for await (const item of socket.stream({ method: "numbers", data: { what: "", name, number: 1000 } })) {
      if (item === 3) {
        break;
      }
    }
    await eventually("its close", async () => (await counted(`closed ${name}`)) === 1);
  });

  it("is no answer to a request, and not for HTTP", async () => {
    const data = { what: "", name: unique(), number: 3 };
    await assert.rejects(socket.callFunction({ method: "numbers", data }), { code: 501 });
    await assert.rejects(vk.callFunction({ url: `${OBJECT}.numbers`, data, needAlert: false }), { code: 501 });
  });
});

describe("against the running server, a request of the server", () => {
  it("is answered, also where its handler waits for that and the answer is large", async () => {
    const stop = socket.onRequest((/** @type {number} */ length) => "x".repeat(length));
    assert.equal(await socket.request({ data: { what: "ask", number: 3 } }), 3);
    assert.equal(await socket.request({ data: { what: "ask", number: 20_000 } }), 20_000);
    stop();
  });

  it("is answered over the next socket", async () => {
    let asked = 0;
    const stop = socket.onRequest((/** @type {number} */ length) => {
      asked++;
      cut();
      return "x".repeat(length);
    });
    assert.equal(await socket.request({ data: { what: "ask", number: 5 } }), 5);
    assert.equal(asked, 1);
    stop();
  });

  it("fails as the client does", async () => {
    await assert.rejects(socket.request({ data: { what: "ask", number: 1 } }), { code: 500 });
    const stop = socket.onRequest(() => {
      throw new VkError(77, "not now");
    });
    await assert.rejects(socket.request({ data: { what: "ask", number: 1 } }), { code: 500 });
    stop();
  });
});
