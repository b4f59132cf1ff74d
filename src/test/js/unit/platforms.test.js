import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { afterEach, describe, it } from "node:test";
import { createVk, nodePlatform, uniPlatform, wxPlatform } from "../../../main/webapp/sdk/index.js";
import { detect } from "../../../main/webapp/sdk/platforms/detect.js";
import { servedFrom } from "../../../main/webapp/sdk/platforms/own-address.js";
import { webSockets } from "../../../main/webapp/sdk/platforms/web.js";
import { canConnect } from "../../../main/webapp/sdk/platforms/mini.js";
import { settle } from "../fake/clock.js";

/** @import {SocketHandlers} from "../../../main/webapp/sdk/types.js" */

/** @returns {SocketHandlers & {heard: any[]}} */
function handlers() {
  /** @type {any[]} */
  const heard = [];
  return {
    heard,
    open: () => heard.push("open"),
    message: (data) => heard.push(data),
    close: (event) => heard.push(event),
    error: (message) => heard.push(message),
  };
}

/** What the documentation of uni-app and WeChat says of a SocketTask, and of the calls around it. */
class FakeApi {
  /** @type {any[]} */
  calls = [];
  /** @type {Map<string, any>} */
  stored = new Map();
  events = new EventEmitter();
  /** @type {any} */
  task;

  /** A global API that only the last socket can be reached by: a client that uses it fails. */
  onSocketOpen = () => assert.fail("only SocketTask tells two sockets apart");
  onSocketMessage = this.onSocketOpen;
  sendSocketMessage = this.onSocketOpen;

  /** @returns {any} */
  connectSocket(/** @type {any} */ options) {
    this.calls.push(["connectSocket", options]);
    if (!options.success && !options.fail && !options.complete) {
      return Promise.resolve();
    }
    const events = new EventEmitter();
    /** @param {string} name */
    const on = (name) => (/** @type {any} */ listener) => void events.on(name, listener);
    this.task = {
      events,
      sent: /** @type {any[]} */ ([]),
      onOpen: on("open"),
      onMessage: on("message"),
      onClose: on("close"),
      onError: on("failure"),
      send: (/** @type {any} */ { data }) => this.task.sent.push(data),
      close: (/** @type {any} */ how) => this.calls.push(["close", how]),
    };
    return this.task;
  }

  request(/** @type {any} */ options) {
    this.calls.push(["request", options]);
  }

  getStorageSync = (/** @type {string} */ key) => this.stored.get(key) ?? "";
  setStorageSync = (/** @type {string} */ key, /** @type {any} */ value) => void this.stored.set(key, value);
  removeStorageSync = (/** @type {string} */ key) => void this.stored.delete(key);
  onNetworkStatusChange = (/** @type {any} */ listener) => void this.events.on("network", listener);
  offNetworkStatusChange = (/** @type {any} */ listener) => void this.events.off("network", listener);
  onAppShow = (/** @type {any} */ listener) => void this.events.on("show", listener);
  offAppShow = (/** @type {any} */ listener) => void this.events.off("show", listener);
  onAppHide = (/** @type {any} */ listener) => void this.events.on("hide", listener);
  offAppHide = (/** @type {any} */ listener) => void this.events.off("hide", listener);
  getSystemInfoSync = () => ({ platform: "android", osName: "android", language: "zh-Hans" });
  showLoading = (/** @type {any} */ options) => this.calls.push(["showLoading", options]);
  hideLoading = () => this.calls.push(["hideLoading"]);
  showToast = (/** @type {any} */ options) => this.calls.push(["showToast", options]);
  navigateTo = (/** @type {any} */ options) => this.calls.push(["navigateTo", options]);
}

/**
 * What a module of the SDK exports where names are in the scope of modules, and not on globalThis.
 *
 * @param {string} file
 * @param {string} name
 * @param {Record<string, any>} scope stands for what the module imports, too
 * @param {(code: string) => string} [bundle]
 */
function inScope(file, name, scope, bundle = (code) => code) {
  const code = readFileSync(new URL(`../../../main/webapp/sdk/platforms/${file}`, import.meta.url), "utf8");
  const body = bundle(code.replace(/^import .*$/gm, "").replace(/^export /gm, ""));
  return new Function(...Object.keys(scope), `${body}\nreturn ${name};`)(...Object.values(scope));
}

const here = /** @type {any} */ (globalThis);
afterEach(() => {
  for (const name of ["uni", "wx", "document", "getCurrentPages"]) {
    delete here[name];
  }
});

describe("the platform", () => {
  it("is the first that is there", () => {
    assert.equal(detect().name, "node");
    here.wx = new FakeApi();
    assert.equal(detect().name, "mp-weixin");
    here.uni = new FakeApi();
    assert.equal(detect().name, "uni-app");
  });

  it("is found in a production build of uni-app for H5, by functions and not by names", () => {
    // What its plugin does when it shakes the tree: members are imported, and uni and wx themselves are empty objects.
    const bundle = (/** @type {string} */ code) =>
      code.replace(/\buni\.(\w+)/g, (_, name) => (name in scope.imported ? `imported.${name}` : `uni.${name}`));
    /** @type {any} */
    const api = new FakeApi();
    const scope = { uni: {}, wx: {}, imported: api };
    const foundUni = inScope("uni-members.js", "foundUni", scope, bundle);
    const detected = inScope("detect.js", "detect", { foundUni, canConnect, uniPlatform, wx: {} })();
    assert.equal(detected.storage.get("none"), "");
    assert.equal(inScope("detect.js", "detect", { foundUni: () => ({}), canConnect, wx: {}, browserPlatform: () => "browser", document: {} })(), "browser");
  });

  it("is found by names that globalThis has not", () => {
    const scope = { foundUni: () => undefined, canConnect, wx: new FakeApi(), wxPlatform };
    assert.equal(inScope("detect.js", "detect", scope)().name, "mp-weixin");
    const getCurrentPages = () => [{ route: "pages/a" }];
    const { ui } = inScope("mini.js", "miniPlatform", { getCurrentPages })(new FakeApi(), "mine");
    assert.equal(ui.currentPage().fullPath, "/pages/a");
  });
});

for (const [name, platformOf] of /** @type {const} */ ([["uni", uniPlatform], ["wx", wxPlatform]])) {
  describe(`${name}.connectSocket`, () => {
    const open = () => {
      const api = new FakeApi();
      const heard = handlers();
      const platform = platformOf(api);
      const socket = platform.openSocket("wss://x/ws/a?ticket=t", "cloudobjects.v1", heard);
      return { api, platform, socket, ...heard };
    };

    it("gets address and subprotocol, and gives a SocketTask", () => {
      const { api, heard } = open();
      const [, options] = api.calls[0];
      assert.equal(options.url, "wss://x/ws/a?ticket=t");
      assert.deepEqual(options.protocols, ["cloudobjects.v1"]);
      assert.equal(options.multiple, name === "uni" ? true : undefined);
      api.task.events.emit("open", {});
      assert.deepEqual(heard, ["open"]);
    });

    it("sends exact buffers, and reads buffers and texts", () => {
      const { api, socket, heard } = open();
      socket.send(Uint8Array.of(9, 1, 2, 9).subarray(1, 3));
      assert.deepEqual(api.task.sent, [Uint8Array.of(1, 2).buffer]);
      api.task.events.emit("message", { data: Uint8Array.of(3).buffer });
      api.task.events.emit("message", { data: "text" });
      assert.deepEqual(heard, [Uint8Array.of(3), "text"]);
    });

    it("tells how it was closed, also when the platform does not say", () => {
      const { api, socket, heard } = open();
      api.task.events.emit("close", { code: 4002, reason: "out" });
      api.task.events.emit("close", undefined);
      assert.deepEqual(heard, [
        { code: 4002, reason: "out", wasClean: true },
        { code: 1006, reason: "", wasClean: false },
      ]);
      socket.close(1000, "bye");
      assert.deepEqual(api.calls.at(-1), ["close", { code: 1000, reason: "bye" }]);
    });

    it("is closed as it opens, if that was wanted before", () => {
      const { api, socket, heard } = open();
      socket.close(3000, "no more");
      api.calls.length = 0;
      api.task.events.emit("open", {});
      assert.deepEqual([api.calls, heard], [[["close", { code: 3000, reason: "no more" }]], []]);
    });

    it("tells errors, of the task and of the call", () => {
      const { api, heard } = open();
      api.task.events.emit("failure", { errMsg: "broken" });
      api.calls[0][1].fail({ errMsg: "createSocketTask:fail wss url not in domain list" });
      assert.deepEqual(heard, ["broken", "createSocketTask:fail wss url not in domain list"]);
    });

    // As platforms say it.
    for (const why of ["createSocketTask:fail exceed max cocurrent count", "connectSocket:fail exceed max socket count", "同时最多发起 5 个 socket 请求，更多请参考文档。"]) {
      it(`says that too many sockets are open: ${why}`, () => {
        const { api, heard } = open();
        api.calls[0][1].fail({ errMsg: why });
        assert.deepEqual(heard, [`too many sockets are open (WeChat allows five): ${why}`]);
      });
    }

    it("says that too many sockets may be open where it gets neither a socket nor a reason", (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const api = new FakeApi();
      api.connectSocket = () => undefined;
      const { heard, ...rest } = handlers();
      const socket = platformOf(api).openSocket("wss://x", "p", rest);
      socket.send(Uint8Array.of(1));
      socket.close(1000, "");
      t.mock.timers.tick(999);
      assert.deepEqual(heard, []);
      t.mock.timers.tick(1);
      assert.deepEqual(heard, ["too many sockets are open (WeChat allows five): no socket was given, as when the limit is reached"]);
    });
  });

  describe(`${name}.request and the rest`, () => {
    it("posts text and reads text", async () => {
      const api = new FakeApi();
      const platform = platformOf(api);
      const headers = { "uni-id-token": "t" };
      const answer = platform.request({ url: "https://x/connect", headers, body: "{}", timeout: 5 });
      const [, options] = api.calls[0];
      assert.deepEqual(
        [options.method, options.header, options.data, options.timeout, options.dataType],
        ["POST", headers, "{}", 5, "text"],
      );
      options.success({ statusCode: 503, data: "{}", header: { "Retry-After": "7" } });
      assert.deepEqual(await answer, { status: 503, text: "{}", retryAfter: 7 });
      const failing = platform.request({ url: "https://x/connect", headers, body: "{}", timeout: 5 });
      api.calls[1][1].fail({ errMsg: "no network" });
      await assert.rejects(failing, { message: "no network" });
    });

    it("takes an answer for one also where the platform calls it a failure, as Alipay does from 400 on", async () => {
      const api = new FakeApi();
      const ask = () => platformOf(api).request({ url: "https://x/connect", headers: {}, body: "{}", timeout: 5 });
      for (const name of ["status", "statusCode"]) {
        const answer = ask();
        const data = '{"code":403,"msg":"no"}';
        api.calls.at(-1)[1].fail({ error: 19, errMsg: "http status error", [name]: 403, data, header: { "retry-after": "7" } });
        assert.deepEqual(await answer, { status: 403, text: data, retryAfter: 7 });
      }
      const bare = ask();
      api.calls.at(-1)[1].fail({ error: 12, errMsg: "no network", status: 0 });
      await assert.rejects(bare, { message: "no network" });
    });

    it("watches network and visibility, and stops", () => {
      const api = new FakeApi();
      /** @type {string[]} */
      const heard = [];
      const stop = platformOf(api).watch((happening) => heard.push(happening));
      const all = () => {
        api.events.emit("network", { isConnected: false });
        api.events.emit("network", { isConnected: true });
        api.events.emit("hide");
        api.events.emit("show");
      };
      all();
      stop();
      all();
      assert.deepEqual(heard, ["offline", "online", "hidden", "visible"]);
    });

    it("stores, shows and navigates", () => {
      const api = new FakeApi();
      const { storage, ui, os, locale } = platformOf(api);
      storage.set("a", "1");
      assert.equal(storage.get("a"), "1");
      storage.remove("a");
      assert.equal(storage.get("a"), "");
      ui.mask("wait");
      ui.mask(null);
      ui.toast("hello");
      ui.navigate("/login");
      assert.deepEqual(api.calls, [
        ["showLoading", { title: "wait", mask: true }],
        ["hideLoading"],
        ["showToast", { title: "hello", icon: "none" }],
        ["navigateTo", { url: "/login" }],
      ]);
      assert.deepEqual([os, locale], ["android", "zh-Hans"]);
    });

    it("knows the page", () => {
      const { ui } = platformOf(new FakeApi());
      assert.equal(ui.currentPage().fullPath, "/");
      here.getCurrentPages = () => [{ route: "pages/a" }, { route: "pages/b", options: { x: "1", y: "2" } }];
      const page = { route: "pages/b", options: { x: "1", y: "2" }, fullPath: "/pages/b?x=1&y=2" };
      assert.deepEqual(ui.currentPage(), page);
    });
  });
}

describe("uni-app", () => {
  it("tells the server what vk-unicloud tells, for each target", () => {
    for (const [target, name] of [["web", "h5"], ["h5", "h5"], ["mp-weixin", "mp-weixin"], ["app", "app"], [undefined, "uni-app"]]) {
      const api = Object.assign(new FakeApi(), {
        getAppBaseInfo: () => ({ uniPlatform: target, appId: "__UNI__1", appLanguage: "zh-Hans", language: "zh_CN" }),
        getDeviceInfo: () => ({ platform: "devtools", osName: "ios" }),
      });
      const { name: platform, appid, os, locale } = uniPlatform(api);
      assert.deepEqual([platform, appid, os, locale], [name, "__UNI__1", "ios", "zh-Hans"]);
    }
  });
});

describe("the address of the application", () => {
  for (const [address, found] of [
    ["https://x/sdk/platforms/own-address.js", "https://x/"],
    ["http://x:9080/root/sdk/0.1.0/platforms/own-address.js?v=1", "http://x:9080/root/"],
    ["https://x/assets/index-abc.js", undefined],
    ["https://x/node_modules/@cloud-objects/sdk/platforms/own-address.js", undefined],
    ["file:///build/sdk/platforms/own-address.js", undefined],
    ["", undefined],
    [undefined, undefined],
  ]) {
    it(`is ${found} for a module at ${address}`, () => assert.equal(servedFrom(address), found));
  }

  it("is not asked for when it is given, and is missing with one sentence", () => {
    const platform = { ...nodePlatform() };
    Object.defineProperty(platform, "baseUrl", { get: () => assert.fail("asked for") });
    createVk({ platform, baseUrl: "https://x/" });
    assert.throws(() => createVk({ platform: nodePlatform() }), { code: 400, message: /^baseUrl is missing: / });
  });
});

describe("a platform without a WebSocket", () => {
  it("refuses to connect, says what to do, and asks no server", async () => {
    const openSocket = webSockets(() => undefined, "install the package ws");
    const request = () => assert.fail("asked");
    const vk = createVk({ platform: { ...nodePlatform(), openSocket, request }, baseUrl: "https://x/" });
    const message = "this platform has no WebSocket: install the package ws";
    await assert.rejects(vk.connectWebSocket({ url: "a/pub/b" }), { code: 400, message });
    assert.deepEqual(vk.sockets(), []);
  });
});

describe("a mini program", () => {
  it("connects, talks and comes back, with what it has", async () => {
    const api = new FakeApi();
    const vk = createVk({ platform: wxPlatform(api), baseUrl: "https://x/app", random: () => 0 });
    const connecting = vk.connectWebSocket({ url: "a/pub/b" });
    api.calls[0][1].success({ statusCode: 200, data: '{"code":0,"msg":"","url":"wss://x/ws/a/pub/b?ticket=t"}' });
    await settle();
    api.task.events.emit("open", {});
    const socket = await connecting;
    api.task.events.emit("message", { data: '{"type":"connected","cid":"c-1","pingInterval":25000}' });
    assert.equal(socket.cid, "c-1");
    assert.equal(new TextDecoder().decode(api.task.sent[0]), '{"type":"connect","batch":true,"requests":true,"resume":true}');
    api.task.events.emit("failure", { errMsg: "interrupted" });
    assert.equal(socket.state, "waiting");
    vk.close();
    assert.equal(socket.state, "closed");
  });
});

describe("Node.js", () => {
  it("posts with fetch, and tells status, text and Retry-After", async () => {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        response.writeHead(503, { "Retry-After": "3" });
        response.end(`${request.method} ${request.headers["x-a"]} ${body}`);
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
    const url = `http://127.0.0.1:${port}/`;
    const platform = nodePlatform();
    const answer = await platform.request({ url, headers: { "x-a": "1" }, body: "{}", timeout: 60_000 });
    assert.deepEqual(answer, { status: 503, text: "POST 1 {}", retryAfter: 3 });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(platform.request({ url, headers: {}, body: "", timeout: 60_000 }));
  });

  it("shows nothing, and takes a WebSocket and a storage from elsewhere", () => {
    /** @type {any[]} */
    const made = [];
    class Socket {
      constructor(/** @type {any[]} */ ...of) {
        made.push(of, this);
      }
    }
    const storage = { get: () => "", set() {}, remove() {} };
    const platform = nodePlatform({ WebSocket: Socket, storage });
    const { heard, ...rest } = handlers();
    platform.openSocket("ws://x", "p", rest);
    const [of, socket] = made;
    assert.deepEqual(of, ["ws://x", ["p"]]);
    assert.equal(socket.binaryType, "arraybuffer");
    socket.onopen();
    socket.onmessage({ data: Uint8Array.of(1).buffer });
    socket.onmessage({ data: "t" });
    socket.onclose({ code: 1000, reason: "r", wasClean: true, extra: 1 });
    socket.onerror({});
    const close = { code: 1000, reason: "r", wasClean: true };
    assert.deepEqual(heard, ["open", Uint8Array.of(1), "t", close, "the socket failed"]);
    assert.equal(platform.storage, storage);
    platform.ui.mask("m");
    platform.ui.toast("t");
    platform.ui.navigate("/");
    platform.watch(() => {})();
    assert.equal(platform.ui.currentPage().fullPath, "");
  });
});
