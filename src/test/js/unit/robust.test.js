import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";
import { FakePlatform, FakeServer } from "../fake/server.js";
import { ManualClock } from "../fake/clock.js";

describe("a storage that throws", () => {
  for (const failing of [["get"], ["set"], ["remove"], ["set", "remove"], ["get", "set", "remove"]]) {
    it(`keeps the login for the page's life, with one warning: ${failing}`, async (t) => {
      const warn = t.mock.method(console, "warn", () => {});
      const clock = new ManualClock();
      const platform = new FakePlatform(new FakeServer(clock));
      for (const name of failing) {
        /** @type {any} */ (platform.storage)[name] = () => {
          throw new Error("QuotaExceededError");
        };
      }
      const { vk } = bench({ platform, clock });
      vk.login.set({ token: "t", tokenExpired: clock.now() + 1000, userInfo: { _id: "u" } });
      assert.deepEqual([vk.login.token, vk.login.uid], ["t", "u"]);
      await vk.userCenter.logout();
      assert.equal(vk.login.token, "");
      assert.equal(warn.mock.callCount(), 1);
    });
  }
});

/** What a gateway says. */
const FOREIGN = [
  { status: 404, text: '{"code":404}' },
  { status: 200, text: '{"code":404,"msg":"no route"}' },
  { status: 401, text: '{"code":30203,"msg":"no"}' },
  { status: 503, text: '{"code":0}' },
  { status: 200, text: '{"code":0}' },
  { status: 200, text: '{"code":0,"url":"https://gateway.example"}' },
  { status: 200, text: "<html>" },
  { status: 200, text: "[]" },
];

describe("a gateway's answer", () => {
  for (const answer of FOREIGN) {
    it(`ends no connection: ${answer.status} ${answer.text}`, async () => {
      const { server, clock, open } = bench();
      const { socket } = await open();
      server.onConnect = () => answer;
      server.socket.end(1006);
      await clock.advance(5000);
      assert.match(socket.state, /waiting|connecting/);
      server.onConnect = undefined;
      await clock.advance(60_000);
      assert.equal(socket.state, "open");
    });

    it(`renews no token, and ends no login: ${answer.status} ${answer.text}`, async () => {
      const { server, clock, vk, login, open } = bench();
      await login("ann");
      const { token } = vk.login;
      await open();
      server.methods["user/kh/renew"] = () => answer;
      await clock.advance(6_700_000);
      assert.ok(server.requests.some(({ path }) => path.endsWith("renew")));
      assert.equal(vk.login.token, token);
    });
  }

  it("is no answer of a call", async () => {
    const { server, vk } = bench();
    server.methods["pub/a.b"] = () => ({ status: 404, text: '{"code":30203}' });
    await assert.rejects(vk.callFunction({ url: "pub/a.b" }), { code: 404, httpStatus: 404, answer: undefined });
  });
});

/** Ways to have the SDK call something of the application's. @type {Record<string, (call: () => any) => Promise<any>>} */
const CALLBACKS = {};
for (const name of ["success", "complete"]) {
  CALLBACKS[name] = async (call) => {
    const { server, vk } = bench();
    server.methods["pub/a.b"] = () => ({});
    await vk.callFunction({ url: "pub/a.b", [name]: call });
  };
}
CALLBACKS.fail = (call) => bench().vk.callFunction({ url: "pub/a.b", fail: call }).catch(() => {});
for (const name of ["onOpen", "onMessage", "onVkMessage", "onError", "onClose"]) {
  CALLBACKS[name] = async (call) => {
    const { server, open } = bench();
    const { socket } = await open();
    /** @type {any} */ (socket)[name](call);
    await settle();
    server.socket.send({ type: "message", data: 1 });
    server.socket.event("error", { err: { code: 403, msg: "no" }, close: true });
    server.socket.end(4001);
  };
}
for (const name of ["onInvalidToken", "navigateToLogin"]) {
  CALLBACKS[name] = (call) => bench({ loginUrl: "/l", [name]: call }).vk.callFunction({ url: "a.b" }).catch(() => {});
}
for (const name of ["mask", "toast", "navigate"]) {
  CALLBACKS[`platform.ui.${name}`] = async (call) => {
    const { vk, platform } = bench({ loginUrl: "/l" });
    /** @type {any} */ (platform.ui)[name] = call;
    await vk.callFunction({ url: "a.b", title: "t" }).catch(() => {});
  };
}

describe("a callback of the application's that fails disturbs nobody, and is reported", () => {
  for (const [name, provoke] of Object.entries(CALLBACKS)) {
    for (const how of ["throws", "rejects"]) {
      it(`${name} ${how}`, async (t) => {
        const error = t.mock.method(console, "error", () => {});
        const fault = new Error("the application's");
        await provoke(() => {
          if (how === "throws") {
            throw fault;
          }
          return Promise.reject(fault);
        });
        await settle();
        assert.ok(error.mock.callCount() > 0);
        assert.ok(error.mock.calls.every((one) => one.arguments[0] === fault));
      });
    }
  }
});

describe("a claim", () => {
  it("that is given up and made again at once keeps one connection, as StrictMode needs", async () => {
    const { server, vk } = bench();
    const first = new AbortController();
    const given = vk.connectWebSocket({ url: CHAT, signal: first.signal });
    first.abort();
    const second = new AbortController();
    const socket = await vk.connectWebSocket({ url: CHAT, signal: second.signal });
    await settle();
    assert.equal(await given, socket);
    assert.equal(socket.state, "open");
    assert.equal(server.sockets.length, 1);
    second.abort();
    await settle();
    assert.equal(socket.state, "closed");
    assert.equal(server.live.length, 0);
  });

  it("without a signal outlasts those that are given up, and close ends it for all", async () => {
    const { open, vk } = bench();
    const { socket } = await open();
    const control = new AbortController();
    await vk.connectWebSocket({ url: CHAT, signal: control.signal });
    control.abort();
    await settle();
    assert.equal(socket.state, "open");
    socket.close();
    assert.equal(socket.state, "closed");
  });

  it("listens to its signal for as long as the connection lasts", async () => {
    const { server, open, vk } = bench();
    const ends = {
      aborted: (/** @type {any} */ _, /** @type {AbortController} */ control) => control.abort(),
      closed: (/** @type {any} */ socket) => socket.close(),
      lost: () => server.socket.end(4001),
      "closed with all": () => vk.close(),
    };
    for (const [how, end] of Object.entries(ends)) {
      const control = new AbortController();
      const { socket } = await open({ signal: control.signal });
      await open({ signal: control.signal });
      assert.equal(getEventListeners(control.signal, "abort").length, 2, how);
      end(socket, control);
      await settle();
      assert.equal(socket.state, "closed", how);
      assert.equal(getEventListeners(control.signal, "abort").length, 0, how);
    }
  });

  it("can be by a signal that never forgets its listeners", async () => {
    const { open } = bench();
    /** @type {(() => void)[]} */
    const listeners = [];
    const signal = { aborted: false, addEventListener: (/** @type {"abort"} */ _, /** @type {() => void} */ listener) => listeners.push(listener) };
    const { socket } = await open({ signal });
    listeners[0]();
    listeners[0]();
    await settle();
    assert.equal(socket.state, "closed");
    const { socket: next } = await open();
    listeners[0]();
    await settle();
    assert.equal(next.state, "open");
  });

  it("that is no signal is refused", async () => {
    await assert.rejects(bench().vk.connectWebSocket({ url: CHAT, signal: /** @type {any} */ ({}) }), { code: 400 });
  });
});
