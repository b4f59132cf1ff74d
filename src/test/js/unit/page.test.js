import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";

/** @import {ConnectOptions, Vk} from "../../../main/webapp/sdk/types.js" */

/**
 * The methods of the specification's page, in its order of steps and with its habits: one reference to the socket, which
 * each listener sets to null, whatever socket it was registered on.
 *
 * @param {Vk} vk
 */
function pageOf(vk) {
  /** @type {any} */
  const page = {
    webSocket: null,
    cid: "",
    messages: [],
    told: [],
    login(/** @type {string} */ username) {
      vk.userCenter.login({
        data: { username, password: "123456" },
        success: () => {
          vk.toast(`switched to ${username}`);
          if (page.webSocket) {
            page.webSocket.close({ code: 1000, reason: "closed on purpose" });
          }
          page.connectWebSocket();
        },
      });
    },
    async connectWebSocket(/** @type {Partial<ConnectOptions>} */ override = {}) {
      page.webSocket = await vk.connectWebSocket({ url: CHAT, title: "connecting...", data: {}, ...override });
      page.webSocket.onOpen((/** @type {any} */ data) => {
        page.told.push("open");
        page.cid = data.cid;
      });
      page.webSocket.onMessage((/** @type {any} */ data) => page.messages.push(data));
      page.webSocket.onVkMessage((/** @type {any} */ event) => {
        const { type, err } = event;
        page.told.push(type);
        const navigateToLogin = () => vk.navigateToLogin({ redirectUrl: vk.pubfn.getCurrentPage().fullPath });
        if (type === "invalidToken") {
          page.closeWebSocket({ code: 1000, reason: err.msg });
          navigateToLogin();
        } else if (type === "forceLogout") {
          vk.userCenter.logout({ success: navigateToLogin });
        }
      });
      page.webSocket.onClose(() => {
        page.told.push("close");
        page.webSocket = null;
        page.cid = "";
      });
      page.webSocket.onError(() => {
        page.told.push("error");
        page.webSocket = null;
        page.cid = "";
      });
    },
    connectWebSocket2() {
      page.connectWebSocket({ channel: "default" });
      page.connectWebSocket({ channel: "test" });
      page.connectWebSocket({ channel: "test" });
    },
    send: () => page.webSocket.send({ data: { groupId: "001", content: "hello" } }),
    closeWebSocket(/** @type {any} */ data = { code: 1000, reason: "closed on purpose" }) {
      if (page.webSocket) {
        page.webSocket.close(data);
        page.webSocket = null;
        page.cid = "";
      }
    },
    signedURL() {
      vk.callFunction({
        url: `${CHAT}.signedURL`,
        title: "asking...",
        data: {},
        success: (data) => page.connectWebSocket({ url: data.url }),
      });
    },
  };
  return page;
}

/** A page whose user is logged in and connected. */
async function opened() {
  const all = bench({ loginUrl: "/login" });
  const page = pageOf(all.vk);
  page.login("test1");
  await settle();
  return { ...all, page };
}

describe("the specification's page", () => {
  it("logs in and is connected, with its mask gone", async () => {
    const { server, platform, page } = await opened();
    assert.equal(page.cid, server.socket.cid);
    assert.equal(page.webSocket.state, "open");
    assert.deepEqual(platform.seen, ["toast switched to test1", "mask connecting...", "unmask"]);
    page.send();
    server.socket.send({ type: "message", data: { groupId: "001" } });
    assert.deepEqual(server.socket.of("message")[0].data, { groupId: "001", content: "hello" });
    assert.deepEqual(page.messages, [{ groupId: "001" }]);
  });

  it("switches the account: login, close, connect", async () => {
    const { server, vk, page } = await opened();
    page.login("test2");
    await settle();
    assert.equal(page.webSocket?.state, "open");
    assert.equal(page.cid, server.socket.cid);
    assert.equal(vk.getVuex("$user.userInfo.username"), "test2");
    assert.equal(server.sockets.length, 2);
    assert.equal(server.live.length, 1);
    assert.deepEqual(page.told, ["open", "close", "open"]);
  });

  it("logs in as the same user again, and connects anew", async () => {
    const { server, page } = await opened();
    const first = page.cid;
    page.login("test1");
    await settle();
    assert.notEqual(page.cid, first);
    assert.equal(page.cid, server.socket.cid);
    assert.equal(page.webSocket.state, "open");
    assert.equal(server.live.length, 1);
  });

  it("makes several connections: two channels, of which one is asked for twice", async () => {
    const { server, vk } = bench();
    const page = pageOf(vk);
    page.connectWebSocket2();
    await settle();
    assert.equal(server.sockets.length, 2);
    assert.deepEqual(vk.sockets().map(({ channel }) => channel), ["default", "test"]);
    assert.equal(page.webSocket, vk.sockets()[1]);
    assert.equal(page.cid, vk.sockets()[1].cid);
    assert.deepEqual(page.told, ["open", "open", "open"]);
  });

  it("connects through a signed address", async () => {
    const { server, vk, login } = bench();
    await login("test1");
    const page = pageOf(vk);
    server.methods[`${CHAT}.signedURL`] = () => ({ url: server.signed(CHAT) });
    page.signedURL();
    await settle();
    assert.equal(page.cid, server.socket.cid);
    assert.equal(server.requests.filter(({ path }) => path === "connect").length, 0);
  });

  it("closes, and can connect again", async () => {
    const { server, page } = await opened();
    page.closeWebSocket();
    await settle();
    assert.deepEqual([page.webSocket, page.cid, server.live.length], [null, "", 0]);
    page.connectWebSocket();
    await settle();
    assert.equal(page.cid, server.socket.cid);
  });

  it("is closed by the cloud", async () => {
    const { server, page } = await opened();
    server.socket.end(4000, "closed by the cloud object");
    await settle();
    assert.deepEqual([page.webSocket, page.cid, page.told], [null, "", ["open", "close"]]);
  });

  it("whose token has expired goes to the login", async () => {
    const { server, platform, page } = await opened();
    server.socket.event("invalidToken", { err: { code: 30203, msg: "expired" }, close: true });
    server.socket.end(4003);
    await settle();
    assert.deepEqual(page.told, ["open", "invalidToken", "close"]);
    assert.deepEqual([page.webSocket, page.cid], [null, ""]);
    assert.equal(platform.seen.at(-1), "go /login?redirectUrl=%2Fchat%3Froom%3D1");
  });

  it("that is not logged in goes to the login, too", async () => {
    const { server, platform, vk } = bench({ loginUrl: "/login" });
    server.onConnect = () => ({ code: 30204, msg: "log in", status: 401 });
    const page = pageOf(vk);
    page.connectWebSocket();
    await settle();
    assert.deepEqual(page.told, ["invalidToken", "error", "close"]);
    assert.equal(page.webSocket, null);
    assert.deepEqual(platform.seen.slice(-2), ["unmask", "go /login?redirectUrl=%2Fchat%3Froom%3D1"].sort().reverse());
  });

  it("is logged out by force: the logout succeeds although the token is revoked, then it goes to the login", async () => {
    const { server, platform, clock, vk, page } = await opened();
    server.methods["user/pub/logout"] = () => ({ code: 30202, msg: "revoked" });
    server.socket.event("forceLogout", { data: { msg: "您已掉线,请重新登录" }, close: true });
    server.socket.end(4002);
    await clock.advance(120_000);
    assert.deepEqual(page.told.slice(0, 2), ["open", "forceLogout"]);
    assert.deepEqual([page.webSocket, page.cid, vk.login.isLoggedIn], [null, "", false]);
    assert.equal(platform.seen.at(-1), "go /login?redirectUrl=%2Fchat%3Froom%3D1");
    assert.equal(server.sockets.length, 1);
  });

  it("comes back by itself when the server restarts, with another cid", async () => {
    const { server, clock, page } = await opened();
    const { cid } = page;
    server.socket.end(1012);
    await clock.advance(2000);
    assert.notEqual(page.cid, cid);
    assert.equal(page.cid, server.socket.cid);
    assert.equal(page.webSocket.state, "open");
  });
});
