import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { createVk, VkError } from "../../../main/webapp/sdk/index.js";
import { bench, settle } from "../fake/bench.js";

const PUB = "a/pub/b.c";

describe("a call", () => {
  it("posts its data and gives the answer, bytes as bytes both ways", async () => {
    const { server, vk } = bench();
    server.methods[PUB] = (body) => ({ back: body });
    const answer = await vk.callFunction({ url: PUB, data: { n: 1, bytes: Uint8Array.of(0, 1) } });
    assert.equal(server.requests[0].path, `http/router/${PUB}`);
    assert.deepEqual(server.requests[0].body, { n: 1, bytes: { type: "Buffer", data: "AAE=" } });
    assert.deepEqual(answer.back, { n: 1, bytes: Uint8Array.of(0, 1) });
    assert.equal(server.requests[0].headers["Content-Type"], "application/json");
    assert.equal("uni-id-token" in server.requests[0].headers, false);
  });

  it("tells callbacks: success or fail, then complete", async () => {
    const { server, platform, vk } = bench();
    server.methods[PUB] = ({ code }) => ({ code, msg: "m" });
    /** @type {any[]} */
    const heard = [];
    const callbacks = {
      success: (/** @type {any} */ { code }) => heard.push("success", code),
      fail: (/** @type {VkError} */ { code }) => heard.push("fail", code),
      complete: (/** @type {any} */ { code }) => heard.push("complete", code),
    };
    await vk.callFunction({ url: PUB, data: { code: 0 }, ...callbacks });
    await settle();
    vk.callFunction({ url: PUB, data: { code: 7 }, ...callbacks });
    await settle();
    assert.deepEqual(heard, ["success", 0, "complete", 0, "fail", 7, "complete", 7]);
    assert.deepEqual(platform.seen, []);
  });

  it("that fails is shown to the user, unless there is a fail, or as told", async () => {
    const { platform, vk } = bench();
    const ignore = () => {};
    await vk.callFunction({ url: PUB }).catch(ignore);
    await vk.callFunction({ url: PUB, fail: ignore }).catch(ignore);
    await vk.callFunction({ url: PUB, needAlert: false }).catch(ignore);
    await vk.callFunction({ url: PUB, needAlert: true, fail: ignore }).catch(ignore);
    assert.deepEqual(platform.seen, Array(2).fill("toast no such object or method"));
  });

  it("rejects with code, message, request id and the whole answer", async () => {
    const { server, vk } = bench();
    server.methods[PUB] = () => ({ code: 1234, msg: "no", requestId: "r-1", rows: [1], status: 500 });
    const error = await vk.callFunction({ url: PUB }).catch((e) => e);
    assert.ok(error instanceof VkError);
    assert.deepEqual([error.code, error.msg, error.message, error.requestId], [1234, "no", "no", "r-1"]);
    assert.deepEqual([error.httpStatus, error.answer?.rows], [500, [1]]);
  });

  it("rejects when nothing answers, or something else does", async () => {
    const { server, vk } = bench();
    server.methods[PUB] = () => ({ status: 502, text: "<html>" });
    await assert.rejects(vk.callFunction({ url: PUB }), { code: 502, httpStatus: 502 });
    server.methods[PUB] = () => ({ text: "welcome to the hotel's network" });
    await assert.rejects(vk.callFunction({ url: PUB }), { code: -1, httpStatus: 200 });
    server.isReachable = false;
    await assert.rejects(vk.callFunction({ url: PUB }), { code: -1, httpStatus: 0 });
    await assert.rejects(vk.callFunction(/** @type {any} */ ({})), { code: 400 });
  });

  it("shows its title in a mask while it runs, one mask for all that run", async () => {
    const { server, platform, vk } = bench();
    server.methods[PUB] = () => ({});
    await Promise.all([
      vk.callFunction({ url: PUB, title: "one" }),
      vk.callFunction({ url: "none/pub/b.c", title: "two", fail() {} }).catch(() => {}),
    ]);
    assert.equal(platform.seen[0], "mask one");
    assert.equal(platform.seen.at(-1), "unmask");
    assert.equal(platform.seen.filter((what) => what === "unmask").length, 1);
  });

  it("takes its mask away ahead of the toast, which WeChat would hide with it", async () => {
    const { platform, vk } = bench();
    await vk.callFunction({ url: PUB, title: "one" }).catch(() => {});
    assert.deepEqual(platform.seen, ["mask one", "unmask", "toast no such object or method"]);
  });

  // The runner fails a test that leaves a rejection unhandled.
  it("that fails may go unheard once it has a callback", async () => {
    const { vk } = bench();
    for (const name of ["success", "fail", "complete"]) {
      vk.callFunction({ url: PUB, [name]() {} });
    }
    await settle();
  });

  it("without a login is not even made, unless a name says pub", async () => {
    const { server, vk } = bench({ onInvalidToken() {} });
    for (const url of ["a/b.c", "a/kh/b.c", "a/pubs/b.c", "a/public.c", "b.xpub_c", "b"]) {
      await assert.rejects(vk.callFunction({ url }), { code: 30204 });
    }
    assert.equal(server.requests.length, 0);
    for (const url of ["a/pub/b.c", "pub/b.c", "a/pub.b.c", "a/pub_b.c", "a/b.pub_c", "a/pub"]) {
      await assert.rejects(vk.callFunction({ url }), { code: 404 });
    }
    await assert.rejects(vk.callFunction({ url: "a/b.c", needToken: false }), { code: 404 });
    assert.equal(server.requests.length, 7);
  });

  it("tells the interceptor of a token that is not good, otherwise goes to the login", async () => {
    /** @type {number[]} */
    const told = [];
    const { server, vk } = bench({ onInvalidToken: ({ code }) => told.push(code) });
    for (const code of [30201, 30202, 30203, 30204, 403]) {
      server.methods[PUB] = () => ({ code, msg: "m" });
      await assert.rejects(vk.callFunction({ url: PUB }), { code });
    }
    assert.deepEqual(told, [30201, 30202, 30203, 30204]);

    const { platform, vk: other } = bench({ loginUrl: "/login.html" });
    await assert.rejects(other.callFunction({ url: "a/b.c", needAlert: false }));
    assert.deepEqual(platform.seen, ["go /login.html?redirectUrl=%2Fchat%3Froom%3D1"]);
  });

  it("goes to the login once for all that fail together, and again for what fails later", async () => {
    const { server, platform, vk, login, clock } = bench({ loginUrl: "/login" });
    const went = () => platform.seen.splice(0).filter((what) => what.startsWith("go")).length;
    const all = () => Promise.allSettled(["a.b", "a.c", "a.d"].map((url) => vk.callFunction({ url })));
    await all();
    assert.equal(went(), 1);
    await login("ann");
    server.methods["a.b"] = server.methods["a.c"] = () => ({ code: 30202, msg: "revoked" });
    server.methods["a.d"] = async () => {
      await settle();
      return { code: 30202, msg: "revoked" };
    };
    await all();
    assert.equal(went(), 1);
    await clock.advance(1000);
    await all();
    assert.equal(went(), 1);
  });

  it("fails as it would when the interceptor throws", async () => {
    const complain = mock.method(console, "error", () => {});
    const { platform, vk } = bench({
      onInvalidToken() {
        throw new Error("mine");
      },
    });
    await assert.rejects(vk.callFunction({ url: "a.b" }), { code: 30204 });
    assert.deepEqual(platform.seen, ["toast the token is missing: log in"]);
    assert.equal(complain.mock.callCount(), 1);
    complain.mock.restore();
  });

  it("keeps a token that its answer brings", async () => {
    const { server, vk, login } = bench();
    await login("ann");
    const { vk_uni_token } = server.login("ann");
    server.methods["a.b"] = () => ({ vk_uni_token });
    await vk.callFunction({ url: "a.b" });
    assert.equal(vk.login.token, vk_uni_token.token);
    assert.equal(vk.login.uid, "uid-ann");
  });
});

describe("an answer with a user and no token", () => {
  const userInfo = { _id: "uid-ann", nickname: "Anne" };

  it("brings what is known of the user up to date", async () => {
    const { server, vk, login, open } = bench();
    await login("ann");
    const { socket } = await open();
    server.methods["a.rename"] = () => ({ needUpdateUserInfo: true, userInfo });
    server.methods["a.read"] = () => ({ userInfo: { _id: "uid-bob" } });
    await vk.callFunction({ url: "a.rename" });
    await vk.callFunction({ url: "a.read" });
    assert.deepEqual([vk.login.userInfo, socket.state], [userInfo, "open"]);
  });

  it("names the user of a login that had none, whose connections stay", async () => {
    const { server, clock, vk, open } = bench();
    vk.login.set({ token: "first", tokenExpired: clock.now() + 3_600_000 });
    const { socket } = await open();
    server.methods["a.me"] = () => ({ needUpdateUserInfo: true, userInfo });
    await vk.callFunction({ url: "a.me" });
    assert.equal(vk.login.uid, "uid-ann");
    for (const again of [{ token: "first" }, { token: "first", userInfo }, { token: "second", userInfo }]) {
      vk.login.set({ tokenExpired: clock.now() + 7_200_000, ...again });
      assert.deepEqual([vk.login.uid, socket.state], ["uid-ann", "open"]);
    }
    assert.deepEqual(server.socket.of("auth"), [{ type: "auth", id: 1, token: "second" }]);
    await vk.userCenter.logout();
    assert.equal(socket.state, "closed");
  });

  it("says who it is that logs out", async () => {
    const { server, clock, vk } = bench();
    vk.login.set({ token: "first", tokenExpired: clock.now() + 3_600_000 });
    server.methods["a.me"] = () => ({ needUpdateUserInfo: true, userInfo });
    await vk.callFunction({ url: "a.me" });
    /** @type {string[]} */
    const told = [];
    vk.on("logout", ({ uid }) => told.push(uid));
    await vk.userCenter.logout();
    assert.deepEqual(told, ["uid-ann"]);
  });

  it("says nothing of who has logged in meanwhile", async () => {
    const { server, vk, login } = bench();
    await login("ann");
    /** @type {(answer: any) => void} */
    let answer = () => {};
    server.methods["a.rename"] = () => new Promise((resolve) => (answer = resolve));
    const call = vk.callFunction({ url: "a.rename" });
    await settle();
    await login("bob");
    answer({ needUpdateUserInfo: true, userInfo });
    await call;
    assert.equal(vk.login.userInfo.username, "bob");
  });
});

describe("what else a page uses", () => {
  it("shows toasts and masks", () => {
    const { platform, vk } = bench();
    vk.toast("hello");
    vk.showLoading("one");
    vk.showLoading("two");
    vk.hideLoading();
    vk.hideLoading();
    vk.hideLoading();
    assert.deepEqual(platform.seen, ["toast hello", "mask one", "mask two", "mask one", "unmask"]);
  });

  it("goes to the login as the application wants", () => {
    /** @type {string[]} */
    const asked = [];
    const { platform, vk } = bench({ navigateToLogin: ({ redirectUrl }) => asked.push(redirectUrl) });
    vk.navigateToLogin();
    vk.navigateToLogin({ redirectUrl: "/x" });
    assert.deepEqual([asked, platform.seen], [["/chat?room=1", "/x"], []]);
    const { platform: other, vk: second } = bench({ loginUrl: "/login?a=1" });
    second.navigateToLogin({ redirectUrl: "/x?y=1&z" });
    assert.deepEqual(other.seen, ["go /login?a=1&redirectUrl=%2Fx%3Fy%3D1%26z"]);
    bench().vk.navigateToLogin();
  });

  it("goes to the login page once, when several connections of a page ask for it, and not from there", async () => {
    const { platform, vk, clock } = bench({ loginUrl: "/login" });
    vk.navigateToLogin();
    vk.navigateToLogin();
    assert.deepEqual(platform.seen.splice(0), ["go /login?redirectUrl=%2Fchat%3Froom%3D1"]);
    await clock.advance(1000);
    const { currentPage } = platform.ui;
    platform.ui.currentPage = () => ({ fullPath: "/login?redirectUrl=%2Fchat", route: "login", options: {} });
    vk.navigateToLogin({ redirectUrl: "/login" });
    platform.ui.currentPage = currentPage;
    assert.deepEqual(platform.seen.splice(0), []);
    vk.navigateToLogin();
    assert.equal(platform.seen.length, 1);
  });

  it("reads members by their path", () => {
    const { getData, getCurrentPage } = bench().vk.pubfn;
    const item = { author: { _id: null, nickname: "系统" }, list: [{ name: "n" }], zero: 0 };
    assert.equal(getData(item, "author.nickname"), "系统");
    assert.equal(getData(item, "list[0].name"), "n");
    assert.equal(getData(item, "zero", 1), 0);
    assert.equal(getData(item, "author._id", "nobody"), "nobody");
    assert.equal(getData(item, "author.x.y"), undefined);
    assert.equal(getData(undefined, "a", 1), 1);
    assert.deepEqual(getCurrentPage(), { fullPath: "/chat?room=1", route: "chat", options: { room: "1" } });
  });

  it("needs an address, where the platform has none", () => {
    const { platform } = bench();
    assert.throws(() => createVk({ platform: { ...platform, baseUrl: undefined } }), { code: 400 });
  });

  it("goes on when the storage is damaged", () => {
    const { platform } = bench();
    platform.stored.set("cloudobjects.token", "{");
    platform.stored.set("cloudobjects.user", "null");
    const { vk } = bench({ platform });
    assert.deepEqual([vk.login.token, vk.login.uid, vk.login.userInfo], ["", "", {}]);
  });
});
