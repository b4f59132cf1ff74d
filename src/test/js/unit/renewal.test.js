import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";
import { claimsOf } from "../fake/server.js";

const HOURS = 3_600_000;

describe("the renewal of a token", () => {
  it("comes ten minutes before the end, once for all connections, and drops none", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann");
    const { log } = await open();
    await open({ channel: "other" });
    await clock.advance(2 * HOURS - 600_001);
    const before = vk.login.token;
    const requests = server.requests.length;
    /** @type {number[]} */
    const renewed = [];
    vk.on("renewed", ({ tokenExpired }) => renewed.push(tokenExpired));
    await clock.advance(1);
    assert.notEqual(vk.login.token, before);
    assert.equal(server.requests.length, requests + 1);
    assert.deepEqual(renewed, [vk.login.tokenExpired]);
    for (const socket of server.sockets) {
      assert.deepEqual(socket.of("auth"), [{ type: "auth", id: 1, token: vk.login.token }]);
      socket.send({ type: "authenticated", tokenExpired: vk.login.tokenExpired });
    }
    await clock.advance(6 * HOURS);
    assert.equal(server.sockets.length, 2);
    assert.equal(log.length, 1);
    assert.ok(vk.login.tokenExpired > clock.now());
  });

  it("comes in half of the time for a token of a short life", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann", 20_000);
    await open();
    await clock.advance(10_000);
    assert.equal(server.socket.of("auth").length, 1);
    assert.equal(vk.login.tokenExpired, clock.now() + 2 * HOURS);
  });

  it("is tried again when it fails, or comes too early for the server", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann");
    await open();
    const { token, tokenExpired } = vk.login;
    let tries = 0;
    const { "user/kh/renew": renew } = server.methods;
    server.methods["user/kh/renew"] = (body, was) => {
      tries++;
      if (tries === 1) {
        return { code: 503, msg: "not now" };
      }
      return tries === 2 ? { vk_uni_token: { token, tokenExpired } } : renew(body, was);
    };
    await clock.advance(2 * HOURS - 600_000);
    assert.deepEqual([tries, vk.login.token], [1, token]);
    await clock.advance(300_000);
    assert.deepEqual([tries, vk.login.token], [2, token]);
    assert.equal(server.socket.of("auth").length, 0);
    await clock.advance(150_000);
    assert.equal(tries, 3);
    assert.notEqual(vk.login.token, token);
    assert.equal(server.socket.of("auth").length, 1);
  });

  it("that never succeeds stops with the token's end", async () => {
    const { server, clock, login, open } = bench();
    await login("ann", 60_000);
    await open();
    let tries = 0;
    server.methods["user/kh/renew"] = () => {
      tries++;
      return { code: 503, msg: "not now" };
    };
    await clock.advance(HOURS);
    assert.ok(tries > 3 && tries < 12, `${tries}`);
  });

  it("asks an issuer of the application's own instead", async () => {
    let calls = 0;
    const refreshToken = async () => {
      calls++;
      return { token: "own", tokenExpired: 4_000_000_000_000 };
    };
    const { server, clock, vk, login, open } = bench({ refreshToken });
    await login("ann");
    await open();
    await clock.advance(2 * HOURS);
    assert.deepEqual([calls, vk.login.token], [1, "own"]);
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token: "own" }]);
    assert.equal(vk.login.uid, "uid-ann");
  });

  it("takes over what another page has renewed", async () => {
    const { server, platform, clock, vk, login, open } = bench();
    await login("ann");
    await open();
    const { token, tokenExpired } = server.login("ann", 4 * HOURS);
    platform.stored.set("cloudobjects.token", JSON.stringify({ token, tokenExpired }));
    const requests = server.requests.length;
    await clock.advance(2 * HOURS);
    assert.equal(vk.login.token, token);
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token }]);
    assert.equal(server.requests.length, requests);
  });

  it("reaches a connection that was on its way with the old token, too", async () => {
    const { server, vk, login } = bench();
    await login("ann");
    server.auto.connect = false;
    await vk.connectWebSocket({ url: CHAT });
    await login("ann");
    await settle();
    assert.equal(server.socket.of("auth").length, 0);
    server.socket.accept();
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token: vk.login.token }]);
  });

  it("is repeated with the next heartbeat when the server could not take it, and otherwise not", async () => {
    for (const [code, times] of [[503, 2], [403, 1]]) {
      const { server, clock, login, open } = bench();
      await login("ann");
      const { log } = await open();
      await login("ann");
      const [{ id }] = server.socket.of("auth");
      server.socket.event("error", { err: { code, msg: "no" }, re: id });
      await clock.advance(60_000);
      assert.equal(server.socket.of("auth").length, times);
      assert.equal(log.length, 1);
    }
  });

  it("leaves connections of nobody alone, and does not run without connections", async () => {
    const { server, clock, vk, login, open } = bench();
    await open({ url: "x/pub/y" });
    await login("ann");
    await clock.advance(2 * HOURS - 1000);
    assert.equal(server.socket.of("auth").length, 0);
    vk.close();
    assert.equal(clock.pending, 0);
  });

  it("plans ends that are further away than a timer can be", async () => {
    const { server, clock, vk, login, open } = bench();
    await login("ann", 1000 * HOURS);
    await open();
    vk.sockets()[0].close();
    const { socket } = await open({ channel: "other" });
    server.auto.pong = true;
    assert.equal(socket.state, "open");
    assert.ok(clock.pending > 0);
  });
});

describe("a token that has expired, as while a device slept", () => {
  /** A connection that was lost, whose token ran out meanwhile. @param {() => Promise<any>} [refreshToken] */
  async function asleep(refreshToken) {
    const all = bench({ refreshToken });
    const { server, clock } = all;
    server.onConnect = (body, token) =>
      claimsOf(token).expires > clock.time() ? server.address(body, token) : { code: 30203, msg: "expired" };
    await all.login("ann");
    const { socket, log } = await all.open();
    await all.open({ channel: "other" });
    // Neither timers nor the network run, and then all at once.
    clock.slept = 3 * HOURS;
    server.sockets.forEach((one) => one.end(1006));
    return { ...all, socket, log };
  }

  it("is renewed once by the application's own issuer, when the server says so", async () => {
    let renewals = 0;
    const { server, clock, vk, socket } = await asleep(async () => {
      renewals++;
      const token = server.issue("uid-ann");
      return { token, tokenExpired: claimsOf(token).expires };
    });
    await clock.advance(1500);
    assert.deepEqual([socket.state, renewals, server.live.length], ["open", 1, 2]);
    for (const { headers } of server.requests.slice(-2)) {
      assert.equal(headers["uni-id-token"], vk.login.token);
    }
    assert.equal(server.socket.of("auth").length, 0);
  });

  it("is asked with as it is when that fails, or when there is no such issuer", async () => {
    for (const refreshToken of [() => Promise.reject(new Error("no")), undefined]) {
      const { clock, log } = await asleep(refreshToken);
      await clock.advance(60_000);
      assert.deepEqual(log.slice(1), [["vk", "invalidToken", 30203, true], ["error", 30203], ["close", 4003]]);
    }
  });
});
