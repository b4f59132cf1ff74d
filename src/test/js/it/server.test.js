import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { CHAT, ECHO, client as make, journal, until } from "./server.js";

/** @import {VkOptions} from "../../../main/webapp/sdk/types.js" */

/** @type {ReturnType<typeof make>["vk"][]} */
const made = [];
const client = (/** @type {VkOptions} */ options = {}) => {
  const one = make(options);
  made.push(one.vk);
  return one;
};
afterEach(() => made.splice(0).forEach((vk) => vk.close()));

describe("against the running server, a connection", () => {
  it("opens, is greeted, echoes, and measures the round trip", async () => {
    const { open } = client();
    const { socket, log } = await open(ECHO, { data: { room: "001" } });
    await until("the greeting", () => log.messages.length === 1);
    assert.deepEqual(log.messages[0], { hello: "send me something", query: { room: "001" } });
    assert.deepEqual(await socket.send({ data: "你好 👋" }), { status: "handled" });
    assert.equal(log.messages[1], "你好 👋");
    await until("a round trip", () => socket.latency !== null);
    socket.close();
    await until("the close", () => log.closes.length === 1);
    assert.deepEqual(log.closes, [1000]);
  });

  it("completes receipts of what the server sends it, as written and as acknowledged", async () => {
    const { vk, open } = client();
    const { socket, log } = await open(ECHO);
    const track = (/** @type {string} */ option, /** @type {number} */ first) =>
      vk.callFunction({ url: "it/pub.outbound.track", data: { cid: socket.cid, option, first, count: 1, size: 1 } });
    const written = await track("WRITTEN", 1);
    const acknowledged = await track("ACKNOWLEDGED", 2);
    assert.deepEqual([written.cid, written.outcome], [socket.cid, "WRITTEN"]);
    assert.equal(acknowledged.outcome, "ACKNOWLEDGED");
    await until("the messages", () => log.messages.length === 3);
    assert.deepEqual(log.messages.slice(1), ["1:x", "2:x"]);
  });

  it("carries bytes, alone and inside other data, both ways", async () => {
    const { open } = client();
    const { socket, log } = await open("it/pub.data");
    await socket.send({ data: Uint8Array.of(0, 1, 255) });
    await socket.send({ data: { bytes: Uint8Array.of(0, 1, 254) } });
    assert.deepEqual(log.messages, [Uint8Array.of(255, 1, 0), { bytes: Uint8Array.of(254, 1, 0) }]);
  });

  it("is one for a url and a channel", async () => {
    const { vk, open } = client();
    const [{ socket: one }, { socket: same }, { socket: other }] = await Promise.all([
      open(ECHO),
      open(ECHO),
      open(ECHO, { channel: "other" }),
    ]);
    assert.equal(one, same);
    assert.notEqual(one.cid, other.cid);
    assert.equal(vk.sockets().length, 2);
  });

  it("is refused for a missing login, and for an unknown object", async () => {
    for (const [wish, code, type] of /** @type {const} */ ([
      [{ url: CHAT }, 30204, "invalidToken"],
      [{ url: "no/such/object" }, 404, "error"],
    ])) {
      const log = journal(await client().vk.connectWebSocket(wish));
      await until("the end", () => log.closes.length === 1);
      assert.deepEqual([log.events[0].type, log.events[0].err?.code, log.errors], [type, code, [code]]);
    }
  });

  it("is refused by its object, with the object's code", async () => {
    const { vk } = client();
    const log = journal(await vk.connectWebSocket({ url: "it/pub.life", data: { do: "refuse" } }));
    await until("the end", () => log.closes.length === 1);
    assert.deepEqual([log.events[0].err?.code, log.errors, log.closes], [82, [82], [4001]]);
    assert.equal(log.cids.length, 0);
  });

  it("comes back after a loss with its session, and sends what has waited in order", async () => {
    const { cut, open } = client();
    const { socket, log } = await open(ECHO);
    cut();
    assert.equal(socket.state, "waiting");
    const sent = [1, 2, 3].map((data) => socket.send({ data }));
    await Promise.all(sent);
    await until("the second opening", () => log.cids.length === 2);
    assert.deepEqual([log.cids[1], log.recovered], [log.cids[0], [undefined, true]]);
    await until("the echoes", () => log.messages.length === 4);
    assert.deepEqual(log.messages.slice(1), [1, 2, 3]);
    assert.deepEqual(log.closes, []);
  });

  it("through a signed address has the query for its data, and does not come back", async () => {
    const { vk, cut, open } = client();
    const { url } = await vk.callFunction({ url: "it/pub.managed.signed", data: { query: { a: 1 } } });
    const { socket, log } = await open(url);
    await until("the greeting", () => log.messages.length === 1);
    assert.deepEqual([log.messages[0].query, socket.url], [{ a: 1 }, "it/pub.managed"]);
    cut();
    await until("the end", () => log.closes.length === 1);
  });
});

describe("against the running server, a message", () => {
  it("is handled or refused, each told apart", async () => {
    const { open } = client();
    const { socket } = await open("it/pub.life");
    const outcomes = await Promise.allSettled([
      socket.send({ data: { say: 1 } }),
      socket.send({ data: { do: "throw" } }),
      socket.send({ data: { say: 2 } }),
      socket.send({ data: { do: "crash" } }),
    ]);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.status : outcome.reason.code)),
      ["handled", 81, "handled", 500],
    );
    assert.ok(outcomes.every((outcome) => outcome.status === "fulfilled" || outcome.reason.requestId));
  });

  it("is acknowledged behind what its handler has sent", async () => {
    const { open } = client();
    const { socket, log } = await open("it/pub.life");
    await socket.send({ data: { do: "twice" } });
    assert.deepEqual(log.messages, ["first", "second"]);
  });

  it("whose connection is lost before the word of it is handled once, and the word of it comes with the next socket", async () => {
    const { vk, cut, open } = client();
    const { socket, log } = await open("it/pub.life");
    const sent = socket.send({ data: { do: "wait" } });
    cut();
    await until("the connection is back", () => log.cids.length === 2);
    assert.deepEqual(log.recovered, [undefined, true]);
    await vk.callFunction({ url: "it/pub.journal.open" });
    assert.deepEqual(await sent, { status: "handled" });
    const { data } = await vk.callFunction({ url: "it/pub.journal.read" });
    assert.equal(data.filter((/** @type {string} */ entry) => entry.startsWith("message")).length, 1);
  });
});

describe("against the running server, a user", () => {
  it("chats with another", async () => {
    const [ann, bob] = [client(), client()];
    await Promise.all([ann.register(), bob.register()]);
    const [{ socket }, { log }] = await Promise.all([ann.open(CHAT), bob.open(CHAT)]);
    const content = `hello-${crypto.randomUUID()}`;
    await socket.send({ data: { groupId: "001", content } });
    await until("the message", () => log.messages.some((message) => message.content === content));
    const { author } = log.messages.find((message) => message.content === content);
    assert.equal(author._id, ann.vk.login.uid);
  });

  it("is called by the cloud, and closed by it", async () => {
    const { vk, register, open } = client();
    await register();
    const { socket, log } = await open(CHAT);
    assert.equal((await vk.callFunction({ url: `${CHAT}.send`, data: { groupId: "001" } })).sent, 1);
    await until("the message", () => log.messages.length === 1);
    await vk.callFunction({ url: `${CHAT}.close`, data: { cid: socket.cid } });
    await until("the close", () => log.closes.length === 1);
    assert.deepEqual([log.closes, log.errors, vk.sockets()], [[4000], [], []]);
  });

  it("is logged out by force, and logs out afterwards", async () => {
    const { vk, register, open } = client();
    await register();
    const { log } = await open(CHAT);
    const { log: other } = await open(CHAT, { channel: "other" });
    await vk.callFunction({ url: `${CHAT}.forceLogout`, data: { user_id: vk.login.uid } });
    await until("the ends", () => log.closes.length + other.closes.length === 2);
    assert.deepEqual(log.events.map(({ type, close }) => [type, close]), [["forceLogout", true]]);
    assert.deepEqual([log.closes, log.errors], [[4002], [4002]]);
    assert.equal((await vk.userCenter.logout()).code, 0);
    assert.equal(vk.login.isLoggedIn, false);
  });

  it("is followed by another one, whose connections are new", async () => {
    const { vk, register, login, open } = client();
    const first = await register();
    const { log } = await open(CHAT);
    await register();
    await until("the close", () => log.closes.length === 1);
    assert.deepEqual(log.closes, [1000]);
    const { socket } = await open(CHAT);
    assert.equal(socket.state, "open");
    await login(first);
    assert.equal(vk.login.userInfo.username, first);
    await until("the other close", () => socket.state === "closed");
  });

  it("whose token ends is told so, and disconnected", async () => {
    const { vk, register } = client({ refreshToken: () => Promise.reject(new Error("not today")) });
    await register();
    await shorten(vk, 5);
    const log = journal(await vk.connectWebSocket({ url: CHAT }));
    await until("the end", () => log.closes.length === 1);
    assert.deepEqual(log.events.map(({ type, err }) => [type, err?.code]), [["invalidToken", 30203]]);
    assert.deepEqual([log.closes, log.errors], [[4003], [30203]]);
  });

  it("whose token is renewed in time stays connected beyond its end", async () => {
    const { vk, register, open } = client();
    await register();
    const ends = await shorten(vk, 16);
    const { socket, log } = await open(CHAT);
    const { log: other } = await open(CHAT, { channel: "other" });
    await until("the renewal", () => vk.login.tokenExpired > ends);
    await until("the words of it", () => [log, other].every(({ frames }) => frames.includes("in authenticated")));
    await until("the end of the first token", () => Date.now() > ends + 1500);
    assert.deepEqual(await socket.send({ data: { groupId: "001", content: "still here" } }), { status: "handled" });
    assert.deepEqual([log.cids.length, log.events, other.closes], [1, [], []]);
  });
});

/**
 * Takes a token of the same session that ends in so many seconds.
 *
 * @param {ReturnType<typeof make>["vk"]} vk
 * @param {number} seconds
 */
async function shorten(vk, seconds) {
  const { token, expires } = await vk.callFunction({
    url: "it/pub.users.shorten",
    data: { token: vk.login.token, seconds },
  });
  vk.login.set({ token, tokenExpired: expires, userInfo: vk.login.userInfo });
  return expires;
}
