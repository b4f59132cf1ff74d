import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { LONGEST, OPTIONS, RECEIVED, retryAfter } from "../../../main/webapp/sdk/options.js";
import { bench, settle } from "../fake/bench.js";

const DAYS = 86_400_000;
const STRANGE = [
  undefined, null, NaN, 0, -1, 1.5, 1, 50, "5", "", true, {}, [1], 10n, Infinity, -Infinity,
  2 ** 31 - 1, 2 ** 31, 2 ** 53, 30 * DAYS, Number.MAX_VALUE, Number.MIN_VALUE,
];

/** The groups of numbers that are given with a call. */
const OF_CALLS = ["send", "callFunction", "request", "stream"];

/** @param {unknown} value */
const named = (value) => (typeof value === "string" ? JSON.stringify(value) : String(value));

/**
 * A client with an option of that value, which has used it.
 *
 * @param {string} name
 * @param {any} value
 */
async function given(name, value) {
  const [group, member] = name.split(".");
  const isOfCall = OF_CALLS.includes(group);
  const all = bench(isOfCall ? {} : { [group]: { [member]: value } });
  const { server, platform, clock, vk } = all;
  const { request } = platform;
  platform.request = (one) => {
    assert.ok(Number.isInteger(one.timeout) && one.timeout > 0 && one.timeout <= LONGEST, `${one.timeout}`);
    return request(one);
  };
  const { socket } = await all.open();
  if (group === "send") {
    server.auto.ack = false;
    await assertTaken(socket.send({ data: 1, timeout: value }), clock);
  }
  if (group === "callFunction") {
    server.methods["pub/a.b"] = () => ({});
    await vk.callFunction({ url: "pub/a.b", needAlert: false, timeout: value });
  }
  if (group === "request") {
    await assertTaken(socket.request({ data: 1, timeout: value }), clock);
  }
  if (group === "stream") {
    await assertTaken(socket.stream({ data: 1, credit: value }).next(), clock);
  }
  return { ...all, socket };
}

/**
 * Whether a message waits at all: it must not be given up as soon as it is sent.
 *
 * @param {Promise<any>} sent
 * @param {import("../fake/clock.js").ManualClock} clock
 */
async function assertTaken(sent, clock) {
  const fate = sent.then(() => undefined, (e) => e);
  await clock.advance(0);
  const first = await Promise.race([fate, settle()]);
  if (first) {
    throw first;
  }
}

describe("an option that is a number", () => {
  for (const [name, { default: byDefault, min, max, unit }] of Object.entries(OPTIONS)) {
    for (const value of STRANGE) {
      const isGood = typeof value === "number" && value >= min && (unit ? value < Infinity : value <= max && (value % 1 === 0 || value === max));
      it(`${name}: ${named(value)} is ${value === undefined || isGood ? "taken" : "refused by name"}`, async () => {
        if (value !== undefined && !isGood) {
          await assert.rejects(given(name, value), (/** @type {any} */ e) => {
            assert.equal(e.code, 400);
            assert.ok(e.msg.startsWith(`${name} `) && e.msg.includes(named(value)), e.msg);
            return true;
          });
          return;
        }
        // The clock itself refuses what no timer can hold.
        const { server, clock, socket } = await given(name, value);
        const pings = () => server.sockets.reduce((sum, { frames }) => sum + frames.filter(({ type }) => type === "ping").length, 0);
        await clock.advance(60_000);
        assert.equal(socket.state, "open", "no false time-out");
        assert.ok(pings() <= 62, `${pings()} pings in a minute`);
        server.isReachable = false;
        server.socket.end(1006);
        const before = server.requests.length;
        await clock.advance(60_000);
        const tries = server.requests.length - before;
        assert.ok(tries <= 130, `${tries} requests in a minute`);
      });
    }

    it(`${name}: has a default and bounds that it keeps itself`, () => {
      assert.ok(byDefault === undefined || (byDefault >= min && byDefault <= max));
      assert.ok(unit !== "ms" || max === LONGEST);
    });
  }

  it("is refused when its group is no object", () => {
    for (const group of new Set(Object.keys(OPTIONS).map((name) => name.split(".")[0]))) {
      if (!OF_CALLS.includes(group)) {
        for (const value of [null, 5, "5", []]) {
          assert.throws(() => bench({ [group]: value }), (/** @type {any} */ e) => e.code === 400 && e.msg.includes(group));
        }
      }
    }
  });
});

describe("a number that is received", () => {
  /** @type {Record<string, (value: any) => Promise<any>>} How each of them comes in; whether it makes a storm. */
  const ways = {
    async pingInterval(value) {
      const { server, clock, vk } = bench();
      server.auto.connect = false;
      const socket = await vk.connectWebSocket({ url: "a" });
      server.socket.send({ type: "connected", cid: "c", pingInterval: value });
      await clock.advance(60_000);
      assert.equal(socket.state, "open");
      const pings = server.socket.of("ping").length;
      assert.ok(pings >= 3 && pings <= 61, `${pings} pings`);
    },
    async within(value) {
      const { server, clock, open } = bench({ random: () => 1 });
      const { socket } = await open();
      /** @type {any[]} */
      const delays = [];
      socket.on("transition", ({ to, delay }) => to === "waiting" && delays.push(delay));
      for (let i = 0; i < 3; i++) {
        server.socket.event("reconnect", { within: value });
        server.socket.end(1012);
        await clock.advance(Math.min(60_000, delays[i]));
      }
      assert.ok(delays.every((delay) => Number.isInteger(delay) && delay >= 0 && delay <= LONGEST), `${delays}`);
      assert.ok(delays.length < 2 || delays[1] >= 1000, "a server that restarts again and again is asked less often");
    },
    async retryAfter(value) {
      for (const place of ["header", "body"]) {
        const { server, clock, open } = bench();
        const { socket } = await open();
        server.onConnect = () => ({
          code: 503, msg: "no", status: 503,
          ...(place === "header" ? { retryAfter: value } : { text: JSON.stringify({ code: 503, msg: "no", requestId: "r", retryAfter: value }) }),
        });
        server.socket.end(1006);
        await clock.advance(60_000);
        assert.equal(socket.state, "waiting");
        assert.ok(server.requests.length < 15, `${server.requests.length} requests`);
      }
    },
    async lifetime(value) {
      for (const place of ["connect", "token"]) {
        const { server, clock, vk, login, open } = bench();
        await login("ann");
        const answer = { token: "opaque", tokenExpired: value, expiresIn: value };
        vk.login.set({ ...(place === "token" ? answer : { token: "opaque", tokenExpired: 0 }), userInfo: { _id: "u" } });
        server.tellsLife = false;
        server.onConnect = (body, token) => ({ ...server.address(body, token), ...(place === "connect" && { tokenExpiresIn: value }) });
        server.methods["user/kh/renew"] = () => ({ vk_uni_token: { ...answer, token: `opaque${Math.random()}` } });
        await open();
        const before = server.requests.length;
        await clock.advance(60_000);
        const tries = server.requests.length - before;
        assert.ok(tries <= 12, `${tries} renewals in a minute`);
      }
    },
  };
  for (const name of Object.keys(RECEIVED)) {
    for (const value of STRANGE) {
      it(`${name}: ${named(value)} makes no storm, and reaches no timer that can't hold it`, () => ways[name](plain(value)));
    }
  }

  /** What JSON can bring. @param {unknown} value */
  function plain(value) {
    return typeof value === "bigint" ? Number(value) : value;
  }
});

describe("Retry-After", () => {
  const now = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");
  for (const [header, seconds] of /** @type {[any, number | undefined][]} */ ([
    [undefined, undefined],
    [null, undefined],
    ["", undefined],
    ["0", 0],
    ["120", 120],
    [" 7 ", 7],
    [7, 7],
    ["-1", undefined],
    ["1.5", undefined],
    ["1e9", undefined],
    ["Infinity", undefined],
    ["soon", undefined],
    ["Soon or later", undefined],
    ["2592000", 2_147_483],
    ["99999999999999999999999", 2_147_483],
    ["Wed, 21 Oct 2026 07:28:30 GMT", 30],
    ["Wednesday, 21-Oct-26 07:29:00 GMT", 60],
    ["Wed Oct 21 07:28:10 2026 GMT", 10],
    ["Wed, 21 Oct 2026 07:00:00 GMT", 0],
    ["Fri, 31 Dec 2099 23:59:59 GMT", 2_147_483],
    ["Wed, 99 Oct 2026 07:28:00 GMT", undefined],
  ])) {
    it(`${JSON.stringify(header)} is ${seconds} s`, () => assert.equal(retryAfter(header, now), seconds));
  }
});

it("timers of the SDK are set by a clock, whose delays the tests look at, and nowhere else", () => {
  const sdk = fileURLToPath(new URL("../../../main/webapp/sdk/", import.meta.url));
  const direct = readdirSync(sdk, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .filter((file) => /(?<![.\w])set(Timeout|Interval|Immediate)\(|AbortSignal\.timeout/.test(readFileSync(sdk + file, "utf8")));
  assert.deepEqual(direct.sort(), ["clock.js", "platforms/dom.js"]);
});
