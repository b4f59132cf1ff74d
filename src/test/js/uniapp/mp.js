// The page of the specification as a mini program for WeChat: what its buttons do, against a running server.
//
//     node mp.js <folder of the mini program> <page> <encrypted: true | false>
import assert from "node:assert/strict";
import { miniProgram } from "./logic-layer.js";

const [root, route, encrypted] = process.argv.slice(2);
const PATIENCE = 20_000;
/** What programs take for granted elsewhere. */
const MISSING = ["URL", "URLSearchParams", "TextEncoder", "TextDecoder", "atob", "btoa", "crypto", "AbortController", "AbortSignal", "fetch",
  "queueMicrotask", "structuredClone", "performance", "WebSocket", "XMLHttpRequest", "window", "document", "navigator", "localStorage",
  "process", "Buffer", "console", "setTimeout"];

const program = miniProgram(root);
const { seen } = program;
process.on("unhandledRejection", (e) => program.errors.push(`unhandled: ${/** @type {any} */ (e)?.stack ?? e}`));
process.on("uncaughtException", (e) => program.errors.push(`uncaught: ${e.stack}`));

/** Waits for a condition. */
async function until(what, isSo) {
  const deadline = Date.now() + PATIENCE;
  while (!isSo()) {
    if (program.errors.length || Date.now() > deadline) {
      throw new Error(`not ${what}; errors: ${program.errors.join("\n")}; seen: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function run() {
  assert.deepEqual(MISSING.filter((name) => program.knows(name)), []);
  program.start();
  const page = program.open(`/${route}?from=test`);
  const { vm } = page;
  const { vk } = vm;
  const openOnes = () => vk.sockets().filter(({ state }) => state === "open");
  const shows = (text) => page.texts().some((one) => one.includes(text));
  assert.equal(vk.pubfn.getCurrentPage().fullPath, `/${route}?from=test`);

  page.tap("登录账号1");
  await until("connected", () => page.has("发送一条消息给云端"));
  assert.deepEqual(seen.toasts, ["已切换账号1"]);
  assert.equal(vm.webSocket.encrypted, encrypted === "true");
  await until("unmasked", () => seen.masks.at(-1) === null);

  page.tap("发送一条消息给云端");
  await until("its own message", () => shows('"你好-'));
  assert.equal(vm.messageListCom[0].author._id, vk.getVuex("$user.userInfo._id"));
  page.tap("云端下发一条消息");
  await until("a message of the cloud", () => shows('"这是只给你发的消息-'));

  await tellsWhoItIs(vk);
  await comesBack(vm, vk);

  page.tap("客户端断开连接");
  await until("closed", () => page.has("建立连接") && program.sockets.size === 0);
  page.tap("建立连接(signedURL方式)");
  await until("connected by a signed address", () => page.has("云端断开连接"));
  page.tap("云端断开连接");
  await until("closed by the server", () => page.has("模拟测试建立多个连接") && program.sockets.size === 0);
  page.tap("模拟测试建立多个连接");
  await until("two connections", () => openOnes().length === 2 && vm.cid);

  await hearsOfTheLimit(vk, openOnes);

  page.tap("强制设备退出登录");
  // With the way back, which the login page shows.
  await until("at the login", () => program.texts().includes(`/${route}?from=test`));
  assert.deepEqual(seen.pages, [`/pages/login/index?redirectUrl=${encodeURIComponent(`/${route}?from=test`)}`]);
  await until("without a connection", () => program.sockets.size === 0);
  assert.equal(vk.getVuex("$user.token"), "");
  assert.deepEqual([program.errors, seen.misuses], [[], []]);
}

/** What the server knows of the program, in a call and in an event. */
async function tellsWhoItIs(vk) {
  const expected = { platform: "mp-weixin", appId: "__UNI__1234567", os: "ios", locale: "zh-Hans", token: vk.getVuex("$user.token") };
  const known = ({ platform, appId, os, locale, token }) => ({ platform, appId, os, locale, token });
  assert.deepEqual(known(await vk.callFunction({ url: "it/pub.caller.who" })), expected);
  const socket = await vk.connectWebSocket({ url: "it/pub.caller", encrypt: encrypted === "true" });
  const told = await new Promise((resolve) => socket.onMessage(resolve));
  assert.deepEqual(known(told.who), expected);
  assert.deepEqual(told.what.methodName, "onWebsocketConnection");
  socket.close();
}

/** After the network was away, and after the background. */
async function comesBack(vm, vk) {
  const socket = vm.webSocket;
  for (const [go, come] of [[() => program.setOnline(false), () => program.setOnline(true)], [program.hide, program.show]]) {
    go();
    await until("away", () => socket.state === "waiting");
    come();
    await until("back", () => socket.state === "open" && vm.cid === socket.cid);
    // The simulated platform closes its sockets in good order, which ends their sessions: the cid may be another one.
    assert.ok(socket.cid);
    assert.equal(socket.encrypted, encrypted === "true");
    await socket.send({ data: { groupId: "001", content: "back" } });
  }
  assert.equal(vk.sockets().length, 1);
}

/** WeChat has five sockets. */
async function hearsOfTheLimit(vk, openOnes) {
  for (const channel of ["3", "4", "5"]) {
    await vk.connectWebSocket({ url: "template/web-socket/web-socket", channel });
  }
  await until("five connections", () => openOnes().length === 5);
  const errors = [];
  const sixth = await vk.connectWebSocket({ url: "template/web-socket/web-socket", channel: "6" });
  sixth.onError((error) => errors.push(error));
  await until("an error", () => errors.length === 1);
  assert.match(errors[0].errMsg, /too many sockets are open \(WeChat allows five\).*exceed max cocurrent count/);
  assert.equal(sixth.state, "closed");
  openOnes().filter(({ channel }) => channel > "2" && channel < "6").forEach((socket) => socket.close());
  await until("two connections", () => program.sockets.size === 2);
}

await run().then(
  () => process.stdout.write("passed\n"),
  (e) => {
    process.stderr.write(`${e.stack}\n`);
    process.exitCode = 1;
  },
);
process.exit();
