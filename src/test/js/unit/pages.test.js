import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createVk } from "../../../main/webapp/sdk/index.js";
import { CHAT, bench, journal, settle } from "../fake/bench.js";

/** @import {Vk} from "../../../main/webapp/sdk/types.js" */

/** Two pages of one site, on the second of which Ann is connected, and what that one tells of logins. */
async function pages() {
  const { server, platform, clock, vk: first, login } = bench();
  await login("ann");
  const second = createVk({ platform, clock, random: () => 0.5 });
  const socket = await second.connectWebSocket({ url: CHAT });
  const log = journal(socket);
  await settle();
  log.length = 0;
  /** @type {string[]} */
  const told = [];
  for (const name of /** @type {const} */ (["login", "logout", "renewed"])) {
    second.on(name, ({ uid }) => told.push(`${name} ${uid}`));
  }
  return { server, platform, clock, first, second, socket, log, told };
}

/** @param {Vk} vk @param {string} username */
const login = (vk, username) => vk.userCenter.login({ data: { username, password: "123456" } });

describe("a page, when another page of its site has logged another user in", () => {
  it("closes what was the first user's as it logs the other one in, too", async () => {
    const { server, first, second, socket, told } = await pages();
    await login(first, "bob");
    /** @type {string[]} */
    const states = [];
    await second.userCenter.login({ data: { username: "bob" }, success: () => states.push(socket.state) });
    await settle();
    assert.deepEqual([states, told], [["closed"], ["login uid-bob"]]);
    const bobs = await second.connectWebSocket({ url: CHAT });
    assert.notEqual(bobs, socket);
    assert.equal(server.requests.at(-1)?.headers["uni-id-token"], second.login.token);
  });

  it("does not give the first user's connection to the other one", async () => {
    const { first, second, socket, told } = await pages();
    await login(first, "bob");
    assert.notEqual(await second.connectWebSocket({ url: CHAT }), socket);
    assert.deepEqual([socket.state, told], ["closed", ["login uid-bob"]]);
  });

  it("ends the first user's connections with their next ping", async () => {
    const { server, clock, first, second, log, told } = await pages();
    await login(first, "bob");
    assert.deepEqual(log, []);
    await clock.advance(25_000);
    assert.deepEqual([log, told], [[["close", 1000]], ["login uid-bob"]]);
    assert.deepEqual(second.sockets(), []);
    assert.equal(server.live.length, 0);
  });

  it("does not take the end of the first user's login for that of the other one", async () => {
    const { server, first, second, socket, log } = await pages();
    socket.onVkMessage(({ type }) => void (type === "forceLogout" && second.userCenter.logout()));
    await login(first, "bob");
    server.socket.event("forceLogout", { data: { msg: "out" }, close: true });
    server.socket.end(4002);
    await settle();
    assert.deepEqual(log, [["close", 1000]]);
    assert.deepEqual([second.login.uid, server.tokens.has(second.login.token)], ["uid-bob", true]);
  });

  it("does not try to come back as the first user", async () => {
    const { server, first, log } = await pages();
    await login(first, "bob");
    server.socket.end(1006);
    await settle();
    assert.deepEqual(log, [["close", 1000]]);
    assert.equal(server.sockets.length, 1);
  });
});

describe("a page, when another page of its site", () => {
  it("has logged its user out, says so when it does the same", async () => {
    const { first, second, socket, told } = await pages();
    await first.userCenter.logout();
    assert.equal(socket.state, "open");
    await second.userCenter.logout();
    assert.deepEqual([socket.state, told], ["closed", ["logout uid-ann"]]);
    await second.userCenter.logout();
    assert.equal(told.length, 1);
  });

  it("has logged the same user in again, tells the connections the new token", async () => {
    const { server, clock, first, second, socket, told } = await pages();
    await login(first, "ann");
    await clock.advance(25_000);
    assert.deepEqual([socket.state, told], ["open", ["renewed uid-ann"]]);
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token: second.login.token }]);
  });
});

describe("a login whose user nobody has named", () => {
  const HOUR = 3_600_000;

  /** An open connection of such a login, with an issuer of the application's own. */
  async function unnamed() {
    let renewals = 0;
    const clock = bench().clock;
    const refreshToken = async () => ({ token: `renewed-${++renewals}`, tokenExpired: clock.now() + HOUR });
    const all = bench({ clock, refreshToken });
    all.vk.login.set({ token: "first", tokenExpired: clock.now() + HOUR });
    return { ...all, ...(await all.open()) };
  }

  it("is renewed for its connections", async () => {
    const { server, clock, vk, socket } = await unnamed();
    await clock.advance(HOUR);
    assert.equal(vk.login.token, "renewed-1");
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token: "renewed-1" }]);
    await clock.advance(HOUR);
    assert.equal(server.socket.of("auth").length, 2);
    assert.equal(socket.state, "open");
  });

  it("takes its connections with it when it ends", async () => {
    const { vk, socket } = await unnamed();
    await vk.userCenter.logout();
    assert.equal(socket.state, "closed");
  });

  it("is another one with each token, but not with the same", async () => {
    const { clock, vk, socket } = await unnamed();
    /** @type {string[]} */
    const told = [];
    vk.on("login", ({ uid }) => told.push(uid));
    vk.login.set({ token: "first", tokenExpired: clock.now() + 2 * HOUR });
    assert.deepEqual([socket.state, told, vk.login.tokenExpired], ["open", [], clock.now() + 2 * HOUR]);
    vk.login.set({ token: "second", tokenExpired: clock.now() + HOUR });
    assert.deepEqual([socket.state, told], ["closed", [""]]);
  });

  it("does not stand beside the user of the one before", async () => {
    const { clock, vk, login, open } = bench();
    await login("ann");
    const { socket } = await open();
    vk.login.set({ token: "somebody's", tokenExpired: clock.now() + HOUR });
    assert.deepEqual([vk.login.uid, vk.login.userInfo, socket.state], ["", {}, "closed"]);
  });
});
