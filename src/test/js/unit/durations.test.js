import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Renewal } from "../../../main/webapp/sdk/renewal.js";
import { ManualClock, bench } from "../fake/bench.js";
import { FakeServer, claimsOf } from "../fake/server.js";

const MINUTES = 60_000;
const HOURS = 60 * MINUTES;
const YEARS = 365 * 24 * HOURS;
const SKEWS = [0, HOURS, -HOURS, 10 * HOURS, YEARS, -YEARS];

/** How a client learns how long a token lives. @type {Record<string, (server: FakeServer) => void>} */
const SOURCES = {
  "by the token itself": (server) => void (server.tellsLife = false),
  "by the answer to /connect": (server) => void (server.areTokensOpaque = true),
  "by the issuer's expiresIn": (server) => {
    server.areTokensOpaque = true;
    server.tellsLife = false;
    server.tellsExpiresIn = true;
  },
};

/** @param {FakeServer} server */
const renewals = (server) => server.requests.filter(({ path }) => path.endsWith("user/kh/renew")).length;

/** A client of a device whose clock is off. @param {number} skew @param {(server: FakeServer) => void} prepare */
async function off(skew, prepare) {
  const all = bench();
  all.clock.skew = skew;
  prepare(all.server);
  await all.login("ann");
  await all.open();
  return all;
}

describe("the renewal of a token on a device whose clock is off", () => {
  for (const [source, prepare] of Object.entries(SOURCES)) {
    for (const skew of SKEWS) {
      it(`by ${skew / HOURS} h comes ten minutes before the end, known ${source}`, async () => {
        const { server, clock, vk } = await off(skew, prepare);
        const { token } = vk.login;
        await clock.advance(2 * HOURS - 10 * MINUTES - 1);
        assert.equal(renewals(server), 0);
        await clock.advance(1);
        assert.equal(renewals(server), 1);
        assert.notEqual(vk.login.token, token);
        await clock.advance(20 * HOURS);
        assert.ok(claimsOf(vk.login.token).expires > clock.time());
        assert.ok(renewals(server) <= 12, `${renewals(server)}`);
        assert.equal(server.sockets.length, 1);
      });

      it(`that jumps by ${skew / HOURS} h and back is not disturbed, known ${source}`, async () => {
        const { server, clock, vk } = await off(0, prepare);
        for (let minute = 0; minute < 20 * 60; minute += 7) {
          clock.skew = clock.skew ? 0 : skew;
          await clock.advance(7 * MINUTES);
          assert.ok(claimsOf(vk.login.token).expires > clock.time());
        }
        assert.ok(renewals(server) >= 10 && renewals(server) <= 12, `${renewals(server)}`);
        assert.equal(server.sockets.length, 1);
      });
    }
  }

  it("comes ten minutes before the end of a life that is longer than a timer", async () => {
    const clock = new ManualClock();
    const server = new FakeServer(clock);
    let token = server.issue("ann", 1000 * HOURS);
    const renewed = () => ({ token, tokenExpired: claimsOf(token).expires });
    const login = /** @type {any} */ ({ token: "", look() {}, renew: (/** @type {object} */ to) => Object.assign(login, to) });
    /** @type {number[]} */
    const calls = [];
    const renewal = new Renewal(clock, login, async () => {
      calls.push(clock.elapsed());
      token = server.issue("ann", 1000 * HOURS);
      return renewed();
    });
    Object.assign(login, renewed());
    renewal.plan(true);
    await clock.advance(999 * HOURS);
    assert.deepEqual(calls, []);
    await clock.advance(1001 * HOURS);
    const lead = 10 * MINUTES;
    assert.deepEqual(calls, [1000 * HOURS - lead, 2000 * HOURS - 2 * lead]);
  });

  it("makes no storm when every token seems to have expired, or lives for a second", async () => {
    for (const [life, most] of [[-YEARS, 7], [1000, 13 * 60], [Infinity, 7]]) {
      const clock = new ManualClock();
      let calls = 0;
      const refreshToken = async () => {
        calls++;
        return { token: `opaque-${calls}`, tokenExpired: clock.now() + life };
      };
      const { server, login, open } = bench({ clock, refreshToken });
      server.tellsLife = false;
      server.areTokensOpaque = true;
      await login("ann");
      await open();
      await clock.advance(3 * HOURS);
      assert.ok(calls > 0 && calls <= 3 * most, `${calls} renewals in three hours`);
    }
  });
});

describe("a token that was stored before", () => {
  /** Loads the page anew, when a token is that old. @param {number} age @param {(server: FakeServer) => void} [prepare] */
  async function loaded(age, prepare = () => {}) {
    const clock = new ManualClock();
    const first = bench({ clock });
    prepare(first.server);
    await first.login("ann");
    await clock.advance(age);
    const second = bench({ clock });
    second.server.tokens = first.server.tokens;
    prepare(second.server);
    first.platform.stored.forEach((value, key) => second.platform.stored.set(key, value));
    // The login is read when the client is made.
    const { createVk } = await import("../../../main/webapp/sdk/index.js");
    const vk = createVk({ platform: second.platform, clock, random: () => 0.5 });
    await vk.connectWebSocket({ url: "a" });
    await clock.advance(0);
    return { ...second, vk };
  }

  for (const skew of SKEWS) {
    it(`is renewed in time, because the server says how long it lives on; the clock is off by ${skew / HOURS} h`, async () => {
      const { server, clock, vk } = await loaded(HOURS);
      clock.skew = skew;
      await clock.advance(50 * MINUTES - 1);
      assert.equal(renewals(server), 0);
      await clock.advance(1);
      assert.equal(renewals(server), 1);
      assert.ok(claimsOf(vk.login.token).expires > clock.time() + HOURS);
    });
  }

  it("whose age nobody says is asked for soon, and then every ten minutes until the server renews it", async () => {
    const { server, clock, vk } = await loaded(HOURS, (one) => void (one.tellsLife = false));
    const { token } = vk.login;
    await clock.advance(5000);
    assert.equal(renewals(server), 1);
    assert.equal(vk.login.token, token, "the server finds it too early");
    await clock.advance(59 * MINUTES);
    assert.ok(claimsOf(vk.login.token).expires > clock.time());
    const asked = renewals(server);
    assert.ok(asked <= 6, `${asked}`);
    await clock.advance(HOURS);
    assert.ok(renewals(server) <= asked + 1, "now its age is known");
  });
});

describe("a device that slept, which its timers have not noticed", () => {
  it("learns from the server how long the token lives on", async () => {
    const { server, clock } = await off(0, () => {});
    clock.slept = HOURS;
    server.socket.end(1006);
    await clock.advance(2000);
    await clock.advance(50 * MINUTES - 2000);
    assert.equal(renewals(server), 1);
  });

  it("hears that the token has expired, and ends as without a login", async () => {
    const { server, clock, login, open } = bench();
    await login("ann");
    const { log } = await open();
    server.onConnect = () => ({ code: 30203, msg: "expired" });
    clock.slept = 3 * HOURS;
    server.socket.end(1006);
    await clock.advance(2000);
    assert.deepEqual(log.slice(1), [["vk", "invalidToken", 30203, true], ["error", 30203], ["close", 4003]]);
  });

  it("asks an issuer of its own once for each attempt, not again and again", async () => {
    let calls = 0;
    const refreshToken = async () => ({ token: `own-${++calls}`, tokenExpired: 0, expiresIn: 3600 });
    const { server, clock, login, open } = bench({ refreshToken });
    await login("ann");
    const { log } = await open();
    server.onConnect = () => ({ code: 30203, msg: "expired" });
    server.socket.end(1006);
    await clock.advance(10 * MINUTES);
    assert.equal(calls, 1);
    assert.deepEqual(log.at(-1), ["close", 4003]);
  });
});
