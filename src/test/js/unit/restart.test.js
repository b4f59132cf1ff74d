import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bench, settle } from "../fake/bench.js";

/** Chance that is the same with each run. @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A client whose connections a server closes one after the other, because it restarts.
 *
 * @param {{code?: number, within?: unknown, random?: () => number, channels?: number, before?: (all: ReturnType<typeof bench>) => void}} how
 */
async function restarted({ code = 1012, within, random = seeded(1), channels = 3, before = () => {} }) {
  const all = bench({ random });
  const { server, clock, open } = all;
  for (let i = 0; i < channels; i++) {
    await open({ channel: `c${i}` });
  }
  await clock.advance(60_000);
  before(all);
  const begun = clock.elapsed();
  /** When each of them asks to connect again, and how often. @type {number[]} */
  const returns = [];
  server.onConnect = (body, token) => {
    returns.push(clock.elapsed() - begun);
    return server.address(body, token);
  };
  for (const socket of server.sockets.slice()) {
    if (within !== undefined) {
      socket.event("reconnect", { within });
    }
    socket.end(code);
  }
  return { ...all, returns };
}

describe("the connections of a client that a restarting server closes", () => {
  for (const code of [1001, 1012]) {
    it(`with ${code} come back at the same moment, within the time that the server says`, async () => {
      for (let seed = 1; seed <= 20; seed++) {
        const { clock, vk, returns } = await restarted({ code, within: 8000, random: seeded(seed) });
        await clock.advance(8000);
        await settle();
        assert.equal(returns.length, 3);
        assert.equal(new Set(returns).size, 1, `${returns}`);
        assert.ok(returns[0] <= 8000);
        assert.ok(vk.sockets().every(({ state }) => state === "open"));
      }
    });

    it(`with ${code} come back within three seconds when the server says nothing`, async () => {
      const { clock, returns } = await restarted({ code, random: () => 1 });
      await clock.advance(2999);
      assert.deepEqual(returns, []);
      await clock.advance(1);
      assert.deepEqual(returns, [3000, 3000, 3000]);
    });
  }

  it("come back as soon when nobody looks", async () => {
    const { clock, returns } = await restarted({
      within: 8000,
      random: () => 1,
      before: ({ platform }) => platform.happen("hidden"),
    });
    await clock.advance(8000);
    assert.deepEqual(returns, [8000, 8000, 8000]);
  });

  it("stay together when the next attempts fail, too", async () => {
    const { server, clock, returns } = await restarted({ within: 2000 });
    server.onConnect = () => {
      returns.push(clock.elapsed());
      return { status: 502, text: "not yet" };
    };
    await clock.advance(120_000);
    const rounds = new Set(returns);
    assert.ok(rounds.size >= 5, `${rounds.size}`);
    assert.equal(returns.length, 3 * rounds.size);
  });

  it("take the time of one restart for that one only", async () => {
    const { server, clock, returns } = await restarted({ within: 20_000, random: () => 1 });
    await clock.advance(60_000);
    assert.deepEqual(returns, [20_000, 20_000, 20_000]);
    server.live.forEach((socket) => socket.end(1012));
    await clock.advance(60_000);
    assert.deepEqual(returns.slice(3), [63_000, 63_000, 63_000]);
  });

  it("hear nothing of it, nor of an event that is not known", async () => {
    const { open, server } = bench();
    const { log } = await open();
    for (const event of ["reconnect", "later"]) {
      server.socket.event(event, { within: 5, close: true });
      server.socket.event(event);
    }
    server.socket.send({ type: "message", data: 1 });
    assert.deepEqual(log.slice(1), [["message", 1]]);
  });
});

describe("the clients of a restarting server", () => {
  it("come back evenly over the time that it says", async () => {
    const random = seeded(7);
    /** @type {number[]} */
    const tenths = Array(10).fill(0);
    for (let client = 0; client < 300; client++) {
      const { clock, returns } = await restarted({ within: 10_000, random, channels: 1 });
      await clock.advance(10_000);
      assert.equal(returns.length, 1);
      tenths[Math.min(9, Math.floor(returns[0] / 1000))]++;
    }
    assert.ok(tenths.every((count) => count >= 15 && count <= 50), `${tenths}`);
  });
});
