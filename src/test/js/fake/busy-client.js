// A client whose thread is busy for longer than its heartbeat waits, and which tells what it heard first.
import { parentPort, workerData } from "node:worker_threads";
import { createVk } from "../../../main/webapp/sdk/index.js";
import { nodePlatform } from "../../../main/webapp/sdk/platforms/node.js";

const TIMEOUT = 1000;
const { baseUrl, busy } = workerData;
const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

const vk = createVk({ baseUrl, platform: nodePlatform(), heartbeat: { interval: 60_000, timeout: TIMEOUT } });
const socket = await vk.connectWebSocket({ url: "pub/a" });
/** @param {string} first */
const tell = (first) => port.postMessage({ first, state: socket.state });
socket.on("latency", () => tell("pong"));
socket.on("transition", ({ to }) => to === "waiting" && tell("loss"));
port.once("message", () => {
  Atomics.store(busy, 0, 1);
  Atomics.notify(busy, 0);
  // Nothing else happens in this thread meanwhile.
  Atomics.wait(busy, 0, 1, 3 * TIMEOUT);
});
