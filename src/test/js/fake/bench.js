import { createVk } from "../../../main/webapp/sdk/index.js";
import { ManualClock, settle } from "./clock.js";
import { FakePlatform, FakeServer } from "./server.js";

/** @import {CloudSocket, ConnectOptions, VkOptions} from "../../../main/webapp/sdk/types.js" */

export const CHAT = "template/web-socket/web-socket";

/**
 * A server, a clock and a client that has nothing else.
 *
 * @param {VkOptions & {clock?: ManualClock}} [options]
 */
export function bench({ clock = new ManualClock(), ...options } = {}) {
  const server = new FakeServer(clock);
  const platform = new FakePlatform(server);
  const vk = createVk({ platform, clock, random: () => 0.5, ...options });
  return {
    server,
    platform,
    clock,
    vk,
    /** Logs a user in. @param {string} username @param {number} [life] */
    async login(username, life) {
      server.methods["user/pub/login"] = (body) => server.login(body.username, life);
      await vk.userCenter.login({ data: { username, password: "123456" } });
    },
    /** An open connection, and the log of what its listeners hear. @param {Partial<ConnectOptions>} [wish] */
    async open(wish) {
      const socket = await vk.connectWebSocket({ url: CHAT, ...wish });
      const log = journal(socket);
      await settle();
      return { socket, log };
    },
  };
}

/**
 * Notes what the listeners of a connection hear.
 *
 * @param {CloudSocket} socket
 */
export function journal(socket) {
  /** @type {any[][]} */
  const log = [];
  socket.onOpen((event) => log.push(["open", event.cid]));
  socket.onMessage((data) => log.push(["message", data]));
  socket.onVkMessage((event) => log.push(["vk", event.type, event.err?.code, event.close]));
  socket.onClose(({ code }) => log.push(["close", code]));
  socket.onError(({ code }) => log.push(["error", code]));
  return log;
}

export { ManualClock, settle };
