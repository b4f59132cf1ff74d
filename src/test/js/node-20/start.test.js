// An application on a Node.js that has no WebSocket, with and without the package `ws`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { SocketServer } from "../fake/socket-server.js";

const node20 = /** @type {string} */ (process.env.NODE_20);
const bare = /** @type {string} */ (process.env.WITHOUT_WS);
const withWs = /** @type {string} */ (process.env.WITH_WS);
const installed = "@cloud-objects/sdk";
const SENTENCE = "this platform has no WebSocket: use Node.js 22 or later, install the package ws, or give nodePlatform({ WebSocket }) one";
const ACCEPTED = [0, "", "undefined handled\n"];

/** An application that says which WebSocket Node.js has, and what became of its message. @param {string} sdk @param {string} [options] */
const application = (sdk, options = "", head = "") => `${head}
  const { createVk, nodePlatform } = await import("${sdk}");
  const vk = createVk({ baseUrl: process.env.SERVER, ${options} });
  const socket = await vk.connectWebSocket({ url: "pub/a" });
  socket.onError(({ errMsg }) => console.error(errMsg));
  const { status } = await socket.send({ data: { a: 1 } });
  console.log(typeof WebSocket, status);
  vk.close();
`;

/** @type {SocketServer} */
let server;
/** @type {string} */
let elsewhere;

before(async () => {
  server = await SocketServer.start();
  server.onFrame = ({ type, id }, send) => {
    if (type === "connect") {
      send({ type: "connected", cid: "c", pingInterval: 25000 });
    } else if (type === "message") {
      send({ type: "ack", id });
    }
  };
  elsewhere = mkdtempSync(join(tmpdir(), "node-20-"));
  cpSync(join(bare, "node_modules/@cloud-objects/sdk"), join(elsewhere, "sdk"), { recursive: true });
});
after(async () => {
  await server.stop();
  rmSync(elsewhere, { recursive: true, force: true });
});

/**
 * Runs Node.js 20 in a folder.
 *
 * @param {string} cwd
 * @param {...string} args
 * @returns {Promise<{exit: unknown, out: string, err: string}>}
 */
function run(cwd, ...args) {
  const env = { ...process.env, SERVER: server.baseUrl, NODE_OPTIONS: "" };
  return new Promise((resolve) => {
    execFile(node20, args, { cwd, env, timeout: 60_000 }, (error, out, err) =>
      resolve({ exit: error ? (error.code ?? error.signal) : 0, out, err }),
    );
  });
}

/** @param {string} folder @param {string} code @param {string} [name] */
function script(folder, code, name = "main.mjs") {
  const file = join(mkdtempSync(join(folder, "app-")), name);
  writeFileSync(file, code);
  return file;
}

/** @param {{exit: unknown, out: string, err: string}} outcome */
function assertConnected({ exit, out, err }) {
  assert.deepEqual([exit, err, out], ACCEPTED);
}

describe("on Node.js 20 the package ws is taken that is installed", () => {
  it("with the SDK", async () => {
    assertConnected(await run(tmpdir(), script(withWs, application(installed))));
  });

  it("with the SDK, in an application of CommonJS", async () => {
    const code = `(async () => {${application(installed)}})();`;
    assertConnected(await run(tmpdir(), script(withWs, code, "main.cjs")));
  });

  it("beside the application's script, while the SDK lies elsewhere", async () => {
    const sdk = pathToFileURL(join(elsewhere, "sdk/index.js")).href;
    assertConnected(await run(tmpdir(), script(withWs, application(sdk))));
  });

  it("in the working folder, while there is no script", async () => {
    const sdk = pathToFileURL(join(elsewhere, "sdk/index.js")).href;
    assertConnected(await run(withWs, "--input-type=module", "-e", application(sdk)));
  });

  it("somewhere else, and given to the platform", async () => {
    const ws = pathToFileURL(join(withWs, "node_modules/ws/wrapper.mjs")).href;
    const code = application(installed, "platform: nodePlatform({ WebSocket: Own })", `import Own from "${ws}";`);
    assertConnected(await run(bare, script(bare, code)));
  });
});

describe("on Node.js 20 without the package ws", () => {
  it("a connection that nobody catches ends the process with the sentence that says what to do", async () => {
    const { exit, out, err } = await run(bare, script(bare, application(installed)));
    assert.deepEqual([exit, out], [1, ""]);
    assert.ok(err.includes(`VkError: ${SENTENCE}`), err);
    assert.match(err, /code: 400/);
  });

  it("a connection is refused with code 400, and calls go on", async () => {
    const code = `
      import { createVk, VkError } from "${installed}";
      const vk = createVk({ baseUrl: process.env.SERVER });
      try {
        await vk.connectWebSocket({ url: "pub/a" });
      } catch (e) {
        console.log(e instanceof VkError, e.code, e.msg);
      }
      console.log(vk.sockets().length, (await vk.callFunction({ url: "pub/a" })).code);
    `;
    const { exit, out, err } = await run(bare, script(bare, code));
    assert.deepEqual([exit, err, out], [0, "", `true 400 ${SENTENCE}\n0 0\n`]);
  });
});
