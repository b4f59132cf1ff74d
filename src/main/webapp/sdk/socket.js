import { run, soon } from "./listeners.js";

/** @import {CloudSocket} from "./types.js" */
/** @import {Connection} from "./connection.js" */

/**
 * What the application sees of a connection. Frozen and without private fields, because view libraries wrap what is kept
 * in their reactive data into proxies, through which private fields can't be reached; they leave frozen objects alone.
 *
 * @param {Connection} connection
 * @returns {CloudSocket}
 */
export function socketOf(connection) {
  return Object.freeze({
    get cid() {
      return connection.cid;
    },
    get url() {
      return connection.request.url;
    },
    get channel() {
      return connection.request.channel;
    },
    get encrypted() {
      return connection.request.encrypt && connection.state === "open";
    },
    get state() {
      return connection.state;
    },
    get latency() {
      return connection.latency;
    },
    onOpen(/** @type {any} */ listener) {
      const { told } = connection;
      const stop = connection.listeners.add("open", listener);
      let isWanted = true;
      if (told) {
        soon(() => {
          if (isWanted && connection.told === told) {
            run(listener, told);
          }
        });
      }
      return () => {
        isWanted = false;
        stop();
      };
    },
    onMessage: (/** @type {any} */ listener) => connection.listeners.add("message", listener),
    onVkMessage: (/** @type {any} */ listener) => connection.listeners.listen("vkMessage", listener),
    onClose: (/** @type {any} */ listener) => connection.listeners.listen("close", listener),
    onError: (/** @type {any} */ listener) => connection.listeners.listen("error", listener),
    on: (/** @type {string} */ name, /** @type {any} */ listener) => connection.listeners.add(name, listener),
    catchUp: (/** @type {string} */ group, /** @type {any} */ options) => connection.groups.catchUp(group, options),
    position: (/** @type {string} */ group) => connection.groups.position(group),
    presence: (/** @type {any} */ place) => connection.places.presence(place),
    send: (/** @type {any} */ options) => connection.send(options),
    request: (/** @type {any} */ options) => connection.requests.request(options, false),
    callFunction: (/** @type {any} */ options) => connection.requests.request(options, true),
    stream: (/** @type {any} */ options) => connection.requests.stream(options),
    onRequest: (/** @type {any} */ handler) => connection.requests.listen(handler),
    reconnect: () => connection.reconnect(),
    close: (/** @type {any} */ options) => connection.close(options),
  });
}
