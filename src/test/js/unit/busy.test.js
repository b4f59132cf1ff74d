import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Worker } from "node:worker_threads";
import { bench, settle } from "../fake/bench.js";
import { SocketServer } from "../fake/socket-server.js";

/**
 * What ends when nothing comes in time, and what has come while the thread was busy.
 *
 * @type {Record<string, {timeout: number, begin: (all: ReturnType<typeof bench>) => Promise<any>, arrive: (all: ReturnType<typeof bench>) => void, lives: (begun: any) => boolean}>}
 */
const DEADLINES = {
  "the pong of a heartbeat": {
    timeout: 10_000,
    async begin({ server, open }) {
      server.auto.pong = false;
      return (await open()).socket;
    },
    arrive: ({ server }) => server.socket.send({ type: "pong" }),
    lives: (socket) => socket.state === "open",
  },
  "the acceptance of a connection": {
    timeout: 20_000,
    async begin({ server, vk }) {
      server.auto.connect = false;
      return vk.connectWebSocket({ url: "a" });
    },
    arrive: ({ server }) => server.socket.accept(),
    lives: (socket) => socket.state === "open",
  },
  "the word of a message": {
    timeout: 5000,
    async begin({ server, open }) {
      server.auto.ack = false;
      const { socket } = await open();
      /** @type {{status?: string}} */
      const fate = {};
      socket.send({ data: 1, timeout: 5000 }).then((sent) => (fate.status = sent.status), (e) => (fate.status = e.status));
      return fate;
    },
    arrive: ({ server }) => server.socket.send({ type: "ack", id: 1 }),
    lives: (fate) => fate.status === "handled",
  },
  "the close that was announced": {
    timeout: 3000,
    async begin({ server, open }) {
      const { socket } = await open();
      const closed = { code: 0 };
      socket.onClose(({ code }) => (closed.code = code));
      server.socket.event("error", { err: { code: 403, msg: "no" }, close: true });
      return closed;
    },
    arrive: ({ server }) => server.socket.end(1008),
    lives: (closed) => closed.code === 1008,
  },
};

describe("a thread that was busy until after the time", () => {
  for (const [name, { timeout, begin, arrive, lives }] of Object.entries(DEADLINES)) {
    it(`hears ${name} first`, async () => {
      const all = bench();
      const begun = await begin(all);
      all.clock.busy(timeout + 5000);
      // The timers run ahead of what lies in the socket.
      await all.clock.advance(0);
      arrive(all);
      await settle();
      assert.ok(lives(begun), JSON.stringify(begun));
      await all.clock.advance(1000);
      assert.ok(lives(begun), JSON.stringify(begun));
    });

    it(`does not wait for ever: ${name}`, async () => {
      const all = bench();
      const begun = await begin(all);
      all.clock.busy(timeout + 5000);
      await all.clock.advance(1000);
      arrive(all);
      await settle();
      assert.ok(!lives(begun), JSON.stringify(begun));
    });

    it(`which was not busy, waits no longer: ${name}`, async () => {
      const all = bench();
      const begun = await begin(all);
      await all.clock.advance(timeout);
      arrive(all);
      await settle();
      assert.ok(!lives(begun), JSON.stringify(begun));
    });
  }
});

describe("a real thread that was busy until after the time", { timeout: 60_000 }, () => {
  it("keeps its connection when the pong lies in the socket", async () => {
    const server = await SocketServer.start();
    const busy = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(new URL("../fake/busy-client.js", import.meta.url), {
      workerData: { baseUrl: server.baseUrl, busy },
    });
    try {
      /** @type {any} */
      const told = await new Promise((resolve, reject) => {
        worker.on("error", reject);
        worker.on("message", resolve);
        server.onFrame = async (frame, send) => {
          if (frame.type === "connect") {
            send({ type: "connected", cid: "c-1", pingInterval: 25_000 });
          } else if (frame.type === "ping") {
            worker.postMessage("be busy");
            await /** @type {any} */ (Atomics).waitAsync(busy, 0, 0).value;
            send({ type: "pong" });
          }
        };
      });
      assert.deepEqual(told, { first: "pong", state: "open" });
    } finally {
      await worker.terminate();
      await server.stop();
    }
  });
});
