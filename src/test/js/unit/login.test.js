import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bench, settle } from "../fake/bench.js";

const HOURS = 3_600_000;

describe("the user centre", () => {
  it("logs in, and keeps token and user for the next start", async () => {
    const { server, platform, clock, vk } = bench();
    /** @type {any[]} */
    const heard = [];
    vk.on("login", ({ uid }) => heard.push(uid));
    const answer = await vk.userCenter.login({
      data: { username: "ann", password: "123456" },
      title: "…",
      success: ({ uid }) => heard.push(`success ${uid}`),
      complete: () => heard.push("complete"),
    });
    await settle();
    assert.equal(answer.uid, "uid-ann");
    assert.deepEqual(heard, ["uid-ann", "success uid-ann", "complete"]);
    assert.deepEqual(platform.seen, ["mask …", "unmask"]);
    assert.deepEqual([vk.login.uid, vk.login.isLoggedIn, vk.login.userInfo.username], ["uid-ann", true, "ann"]);
    assert.equal(vk.login.tokenExpired, clock.now() + 2 * HOURS);
    assert.equal(vk.getVuex("$user.userInfo._id"), "uid-ann");

    const { vk: restarted } = bench({ platform });
    assert.equal(restarted.login.token, vk.login.token);
    await restarted.callFunction({ url: "user/kh/renew" });
    assert.equal(server.requests.at(-1)?.headers["uni-id-token"], vk.login.token);
    assert.equal(server.requests[0].headers["vk-device-id"], server.requests[1].headers["vk-device-id"]);
  });

  it("registers, which logs in too", async () => {
    const { vk } = bench();
    await vk.userCenter.register({ data: { username: "bob", password: "123456" } });
    assert.equal(vk.login.uid, "uid-bob");
  });

  it("tells a failure", async () => {
    const { server, platform, vk } = bench();
    server.methods["user/pub/login"] = () => ({ code: 10102, msg: "wrong" });
    await assert.rejects(vk.userCenter.login({ data: {} }), { code: 10102, msg: "wrong" });
    assert.deepEqual(platform.seen, ["toast wrong"]);
    assert.equal(vk.login.isLoggedIn, false);
  });

  it("logs out here at once, ends what was the user's, and tells the server", async () => {
    const { server, vk, login, open } = bench();
    const { socket: nobodys } = await open({ url: "x/pub/y" });
    await login("ann");
    const { socket, log } = await open();
    const { token } = vk.login;
    /** @type {string[]} */
    const heard = [];
    vk.on("logout", ({ uid }) => heard.push(uid));
    const outcome = vk.userCenter.logout({ success: () => heard.push("success") });
    assert.deepEqual([vk.login.token, vk.login.uid, socket.state], ["", "", "closed"]);
    assert.equal((await outcome).code, 0);
    await settle();
    assert.deepEqual(heard, ["uid-ann", "success"]);
    assert.deepEqual(log.at(-1), ["close", 1000]);
    assert.equal(server.tokens.has(token), false);
    assert.equal(nobodys.state, "open");
  });

  it("logs out after a forced logout, without a login, and without a server", async () => {
    const { server, vk, login } = bench();
    await login("ann");
    server.methods["user/pub/logout"] = () => ({ code: 30202, msg: "revoked" });
    assert.equal((await vk.userCenter.logout()).code, 0);
    assert.equal((await vk.userCenter.logout()).code, 0);
    await login("ann");
    server.isReachable = false;
    let complete = 0;
    assert.equal((await vk.userCenter.logout({ complete: () => complete++ })).code, 0);
    assert.deepEqual([complete, vk.login.isLoggedIn], [1, false]);
  });

  it("drops the connections of the user before, ahead of success", async () => {
    const { server, vk, login, open } = bench();
    await login("ann");
    const { socket: anns, log } = await open();
    /** @type {string[]} */
    const states = [];
    await vk.userCenter.login({ data: { username: "bob" }, success: () => states.push(anns.state) });
    await settle();
    assert.deepEqual(states, ["closed"]);
    assert.deepEqual(log.at(-1), ["close", 1000]);
    const { socket: bobs } = await open();
    assert.notEqual(bobs, anns);
    assert.equal(server.requests.at(-1)?.headers["uni-id-token"], vk.login.token);
  });

  it("keeps the connections of a user who logs in again, and tells them the new token", async () => {
    const { server, vk, login, open } = bench();
    await login("ann");
    const { socket } = await open();
    await login("ann");
    assert.equal(socket.state, "open");
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token: vk.login.token }]);
  });

  it("ends a connection on its way back when another page has logged another user in", async () => {
    const { server, platform, clock, login, open } = bench();
    await login("ann");
    const { log } = await open();
    server.socket.end(1006);
    const { vk_uni_token, userInfo } = server.login("bob");
    platform.stored.set("cloudobjects.token", JSON.stringify(vk_uni_token));
    platform.stored.set("cloudobjects.user", JSON.stringify(userInfo));
    await clock.advance(60_000);
    assert.deepEqual(log.slice(1), [["close", 1000]]);
    assert.equal(server.sockets.length, 1);
  });

  it("does not let an answer that is late bring the old login back", async () => {
    const { server, vk, login } = bench();
    await login("ann");
    const renewed = server.login("ann").vk_uni_token;
    /** @type {(answer: any) => void} */
    let answer = () => {};
    server.methods["a.b"] = () => new Promise((resolve) => (answer = resolve));
    const call = vk.callFunction({ url: "a.b" });
    await settle();
    await vk.userCenter.logout();
    answer({ vk_uni_token: renewed });
    await call;
    assert.equal(vk.login.isLoggedIn, false);
  });

  it("adopts a login from elsewhere", async () => {
    const { clock, vk } = bench();
    vk.login.set({ token: "t", tokenExpired: clock.now() + 1000, userInfo: { _id: "u-1" } });
    assert.deepEqual([vk.login.token, vk.login.uid], ["t", "u-1"]);
  });
});
