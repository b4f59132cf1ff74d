import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { CHAT, bench, settle } from "../fake/bench.js";
import { openPage, recipe } from "./packages.js";

const page = openPage();
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** @type {[version: string, renamed?: Record<string, string>][]} */
const VERSIONS = [["19"], ["18", { react: "react-18", "react-dom": "react-dom-18" }]];

for (const [version, renamed] of VERSIONS) {
  const { useCloudSocket, useSocketState, load } = await recipe("React", renamed);
  const React = load("react");
  const { createRoot } = load("react-dom/client");
  const { createElement, StrictMode, Fragment, act } = React;

  /** @type {any} */
  let root;

  /** @param {any} element @param {any} mode */
  async function draw(element, mode) {
    await act(async () => {
      root ??= createRoot(page.getElementById("app"));
      root.render(createElement(mode, null, element));
    });
    // The effects have run: what they have begun comes to its end.
    await act(settle);
  }

  afterEach(async () => {
    await act(async () => root?.unmount());
    root = undefined;
  });

  describe(`React ${version}`, () => {
    it("is the version that the test is about", () => {
      assert.equal(React.version.split(".")[0], version);
    });

    for (const mode of [StrictMode, Fragment]) {
      const how = mode === StrictMode ? "in StrictMode" : "without StrictMode";

      it(`has one connection while a component is mounted, and none after it, ${how}`, async () => {
        const { server, vk } = bench();
        let mounts = 0;
        /** @type {any[]} */
        const seen = [];
        function Chat() {
          React.useEffect(() => void mounts++, []);
          const socket = useCloudSocket(vk, { url: CHAT, data: { room: 1 } }, (/** @type {any} */ data) => seen.push(data));
          return createElement("p", null, useSocketState(socket));
        }
        await draw(createElement(Chat), mode);
        assert.equal(mounts, mode === StrictMode ? 2 : 1);
        assert.equal(page.body.textContent, "open");
        assert.equal(vk.sockets().length, 1);
        assert.equal(server.sockets.length, 1);
        assert.equal(server.requests.length, 1);
        assert.deepEqual(server.socket.of("connect")[0].data, { room: 1 });
        server.socket.send({ type: "message", data: "once" });
        assert.deepEqual(seen, ["once"]);
        await act(async () => server.socket.end(1006));
        assert.equal(page.body.textContent, "waiting");

        await act(async () => root.unmount());
        root = undefined;
        await settle();
        assert.deepEqual(vk.sockets(), []);
        assert.equal(server.live.length, 0);
      });

      it(`gives two components, and one that takes another's place, the same connection, ${how}`, async () => {
        const { server, vk } = bench();
        /** @type {Set<any>} */
        const given = new Set();
        /** @type {string[]} */
        const seen = [];
        function View(/** @type {{name: string}} */ { name }) {
          const socket = useCloudSocket(vk, { url: CHAT }, () => seen.push(name));
          given.add(socket);
          return name;
        }
        /** @param {string[]} names */
        const views = (...names) => createElement(Fragment, null, names.map((name) => createElement(View, { name, key: name })));
        await draw(views("a", "b"), mode);
        await draw(views("c"), mode);
        server.socket.send({ type: "message", data: 1 });
        assert.deepEqual(seen, ["c"]);
        given.delete(null);
        assert.equal(given.size, 1);
        assert.equal(server.sockets.length, 1);
        assert.equal(await vk.connectWebSocket({ url: CHAT }), [...given][0]);
      });

      it(`changes the connection with the channel, ${how}`, async () => {
        const { server, vk } = bench();
        function View(/** @type {{channel: string}} */ { channel }) {
          return useSocketState(useCloudSocket(vk, { url: CHAT, channel }, () => {}));
        }
        await draw(createElement(View, { channel: "one" }), mode);
        await draw(createElement(View, { channel: "two" }), mode);
        assert.deepEqual(vk.sockets().map(({ channel }) => channel), ["two"]);
        assert.equal(server.live.length, 1);
        assert.equal(page.body.textContent, "open");
      });
    }
  });
}
