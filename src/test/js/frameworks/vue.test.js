import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";
import { openPage, recipe } from "./packages.js";

const page = openPage();
const { useCloudSocket, load } = await recipe("Vue");
const { createApp, h, nextTick, reactive, ref } = load("vue");

/**
 * A component that shows the state of its connection.
 *
 * @param {any} vk
 * @param {any} wish
 * @param {any[]} seen messages
 */
function chat(vk, wish, seen = []) {
  return {
    setup() {
      const { socket, state } = useCloudSocket(vk, wish, (/** @type {any} */ data) => seen.push(data));
      return () => h("p", `${state.value} ${socket.value?.channel ?? "none"}`);
    },
  };
}

async function settled() {
  await settle();
  await nextTick();
}

describe("Vue 3", () => {
  it("has one connection after it is mounted, unmounted and mounted in one tick, and none after it", async () => {
    const { server, vk } = bench();
    /** @type {any[]} */
    const seen = [];
    const first = createApp(chat(vk, { url: CHAT }, seen));
    first.mount("#app");
    first.unmount();
    const app = createApp(chat(vk, { url: CHAT, data: { room: 1 } }, seen));
    app.mount("#app");
    await settled();
    assert.equal(page.body.textContent, "open default");
    assert.equal(vk.sockets().length, 1);
    assert.equal(server.sockets.length, 1);
    assert.equal(server.requests.length, 1);
    server.socket.send({ type: "message", data: "once" });
    assert.deepEqual(seen, ["once"]);
    server.socket.end(1006);
    await settled();
    assert.equal(page.body.textContent, "waiting default");

    app.unmount();
    await settled();
    assert.deepEqual(vk.sockets(), []);
    assert.equal(server.live.length, 0);
  });

  it("gives two components, and one that takes another's place, the same connection", async () => {
    const { server, vk } = bench();
    /** @type {any[]} */
    const seen = [];
    const shown = ref(["a", "b"]);
    /** @type {Record<string, any>} */
    const views = { a: chat(vk, { url: CHAT }), b: chat(vk, { url: CHAT }), c: chat(vk, { url: CHAT }, seen) };
    const app = createApp({ render: () => shown.value.map((/** @type {string} */ name) => h(views[name], { key: name })) });
    app.mount("#app");
    await settled();
    const [socket] = vk.sockets();
    shown.value = ["c"];
    await settled();
    server.socket.send({ type: "message", data: 1 });
    assert.deepEqual(seen, [1]);
    assert.equal(server.sockets.length, 1);
    assert.equal(await vk.connectWebSocket({ url: CHAT }), socket);
    app.unmount();
  });

  it("changes the connection with a reactive channel", async () => {
    const { server, vk } = bench();
    const wish = reactive({ url: CHAT, channel: "one", data: { n: 1 } });
    const app = createApp(chat(vk, wish));
    app.mount("#app");
    await settled();
    wish.data.n = 2;
    await settled();
    assert.equal(server.sockets.length, 1);
    wish.channel = "two";
    await settled();
    assert.equal(page.body.textContent, "open two");
    assert.equal(server.live.length, 1);
    assert.deepEqual(server.socket.of("connect")[0].data, { n: 2 });
    app.unmount();
    await settled();
    assert.equal(server.live.length, 0);
  });

  it("works with a connection among its reactive data, and shows vk in templates", async () => {
    const { server, vk } = bench();
    const state = reactive({ socket: await vk.connectWebSocket({ url: CHAT }), vk });
    assert.deepEqual(await state.socket.send({ data: reactive({ a: [1] }) }), { status: "handled" });
    assert.deepEqual(server.socket.of("message")[0].data, { a: [1] });
    assert.equal(await state.vk.connectWebSocket({ url: CHAT }), state.socket);
    const app = createApp({ template: "{{ vk.sockets().length }}" });
    app.use(vk);
    app.mount("#app");
    assert.equal(page.body.textContent, "1");
    app.unmount();
  });
});
