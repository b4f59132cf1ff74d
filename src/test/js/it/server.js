import { Code, createVk, nodePlatform } from "../../../main/webapp/sdk/index.js";

/** @import {CloudSocket, VkMessage, VkOptions} from "../../../main/webapp/sdk/types.js" */
/** @import {VkError} from "../../../main/webapp/sdk/errors.js" */

export const CHAT = "template/web-socket/web-socket";
export const ECHO = "template/web-socket/pub.echo";
export const PASSWORD = "correct horse";
const PATIENCE = 30_000;

/** Waits for a condition, and says what was missing. @template T @param {string} what @param {() => T} condition */
export async function until(what, condition) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const value = condition();
    if (value) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not come about within ${PATIENCE} ms`);
}

/**
 * Does it again while the server stops it for taking too long, as it may hashing a password on a busy machine.
 *
 * @template T
 * @param {() => Promise<T>} task
 */
async function patiently(task) {
  for (const end = Date.now() + PATIENCE; ; ) {
    try {
      return await task();
    } catch (e) {
      if (/** @type {VkError} */ (e).code !== Code.TIMEOUT || Date.now() > end) {
        throw e;
      }
    }
  }
}

const unique = () => `u${crypto.randomUUID().replaceAll("-", "").slice(0, 20)}`;

/**
 * A client of the running server, whose network the test can cut.
 *
 * @param {VkOptions} [options]
 */
export function client(options) {
  const platform = nodePlatform();
  const { openSocket } = platform;
  /** @type {(() => void)[]} */
  const cuts = [];
  platform.openSocket = (url, protocol, handlers) => {
    const socket = openSocket(url, protocol, handlers);
    // The client gives the socket up then.
    cuts.push(() => handlers.error("cut"));
    return socket;
  };
  const vk = createVk({ platform, baseUrl: process.env.SDK_SERVER, reconnect: { minDelay: 50 }, ...options });
  return {
    vk,
    /** Breaks the connections, as far as the client can see. */
    cut: () => cuts.splice(0).forEach((cut) => cut()),
    /** Makes an account, and logs in as it. */
    register: () =>
      patiently(async () => {
        const username = unique();
        await vk.userCenter.register({ data: { username, password: PASSWORD }, needAlert: false });
        return username;
      }),
    /** Logs in as somebody who has registered. @param {string} username */
    login: (username) =>
      patiently(() => vk.userCenter.login({ data: { username, password: PASSWORD }, needAlert: false })),
    /** An open connection and what its listeners hear. @param {string} url @param {object} [more] */
    async open(url, more) {
      const socket = await vk.connectWebSocket({ url, ...more });
      const log = journal(socket);
      await until(`${url} is open`, () => log.cids.length > 0);
      return { socket, log };
    },
  };
}

/** @param {CloudSocket} socket */
export function journal(socket) {
  const log = {
    cids: /** @type {string[]} */ ([]),
    recovered: /** @type {(boolean | undefined)[]} */ ([]),
    messages: /** @type {any[]} */ ([]),
    events: /** @type {VkMessage[]} */ ([]),
    errors: /** @type {number[]} */ ([]),
    closes: /** @type {number[]} */ ([]),
    frames: /** @type {string[]} */ ([]),
  };
  socket.onOpen(({ cid, recovered }) => {
    log.cids.push(cid);
    log.recovered.push(recovered);
  });
  socket.onMessage((data) => log.messages.push(data));
  socket.onVkMessage((event) => log.events.push(event));
  socket.onError(({ code }) => log.errors.push(code));
  socket.onClose(({ code }) => log.closes.push(code));
  socket.on("frame", ({ direction, type }) => log.frames.push(`${direction} ${type}`));
  return log;
}
