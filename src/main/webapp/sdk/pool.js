import { parameter } from "./address.js";
import { Connection } from "./connection.js";
import { badRequest } from "./errors.js";

/** @import {CloudSocket, ConnectOptions, Happening} from "./types.js" */
/** @import {Environment, Request} from "./internal.js" */
/** @import {Ui} from "./ui.js" */

const SIGNED = /^wss?:\/\//;

/** The connections that have not ended: one for each url and channel. */
export class Pool {
  #env;
  #ui;
  /** @type {Set<Connection>} */
  #connections = new Set();
  #onChange;
  /** @type {(() => void) | undefined} */
  #unwatch;

  /**
   * @param {Environment} env
   * @param {Ui} ui
   * @param {() => void} onChange is told when the pool is empty no more, or again
   */
  constructor(env, ui, onChange) {
    this.#env = env;
    this.#ui = ui;
    this.#onChange = onChange;
  }

  /**
   * @param {ConnectOptions} options
   * @returns {Promise<CloudSocket>}
   */
  async connect(options) {
    this.#env.login.look();
    const request = requestOf(options);
    const { url, channel } = request;
    const usable = [...this.#connections].find(
      (one) => one.isUsable && one.request.url === url && one.request.channel === channel,
    );
    if (usable && request.encrypt && !usable.request.encrypt) {
      throw badRequest("encrypt: this url and channel has a connection that is not encrypted; close it first");
    }
    const connection = usable ?? this.#open(request);
    if (options.title && !connection.socket.cid) {
      void connection.settled.then(this.#ui.showLoading(options.title));
    }
    await connection.ready;
    return connection.socket;
  }

  get isEmpty() {
    return this.#connections.size === 0;
  }

  sockets() {
    return [...this.#connections].map((one) => one.socket);
  }

  /**
   * Ends connections.
   *
   * @param {string} reason
   * @param {(owner: string) => boolean} [isMeant] by whose they are
   */
  close(reason, isMeant = () => true) {
    for (const one of [...this.#connections]) {
      if (isMeant(one.owner)) {
        one.close({ reason });
      }
    }
  }

  /** The token was renewed. */
  renewed() {
    this.#connections.forEach((one) => one.renewed());
  }

  /** @param {Request} request */
  #open(request) {
    const connection = new Connection(this.#env, request, (ended) => {
      this.#connections.delete(ended);
      this.#changed();
    });
    this.#connections.add(connection);
    this.#changed();
    connection.start();
    return connection;
  }

  #changed() {
    if (this.isEmpty === !this.#unwatch) {
      return;
    }
    if (this.isEmpty) {
      this.#unwatch?.();
      this.#unwatch = undefined;
    } else {
      Object.assign(this.#env.conditions, { isOnline: true, isVisible: true });
      this.#unwatch = this.#env.platform.watch((happening) => this.#notice(happening));
    }
    this.#onChange();
  }

  /** @param {Happening} happening */
  #notice(happening) {
    const { conditions } = this.#env;
    conditions.isOnline = happening === "online" || (happening !== "offline" && conditions.isOnline);
    conditions.isVisible = happening === "visible" || (happening !== "hidden" && conditions.isVisible);
    [...this.#connections].forEach((one) => one.notice(happening));
  }
}

/**
 * @param {ConnectOptions} options
 * @returns {Request}
 */
function requestOf({ url, channel, encrypt = false, data }) {
  if (typeof url !== "string" || !url) {
    throw badRequest("url is missing: it names the cloud object to connect to");
  }
  if (channel !== undefined && (typeof channel !== "string" || !channel)) {
    throw badRequest("channel is a text that is not empty, or absent");
  }
  if (!SIGNED.test(url)) {
    return { url, channel: channel ?? "default", encrypt, data };
  }
  const signedChannel = parameter(url, "channel");
  const address = channel && !signedChannel ? `${url}&channel=${encodeURIComponent(channel)}` : url;
  const path = parameter(url, "url") ?? url.replace(/^.*?\/ws\/|\?.*$/g, "");
  return { url: path, channel: signedChannel ?? channel ?? "default", encrypt, data, address };
}
