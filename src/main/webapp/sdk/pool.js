import { parameter } from "./address.js";
import { isBytes, toBytes, toPlain } from "./bytes.js";
import { Connection } from "./connection.js";
import { badRequest, requireOptions } from "./errors.js";
import { soon } from "./listeners.js";

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
  /** @type {WeakMap<Connection, Set<() => void>>} who needs a connection: each claim stops listening to its signal */
  #claims = new WeakMap();
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
   * @template [ToServer=unknown]
   * @template [FromServer=any]
   * @param {ConnectOptions} options
   * @returns {Promise<CloudSocket<ToServer, FromServer>>}
   */
  async connect(options) {
    this.#env.login.look();
    const request = requestOf(options);
    this.#env.platform.openSocket.check?.();
    const { url, channel } = request;
    const usable = [...this.#connections].find(
      (one) => one.isUsable && one.request.url === url && one.request.channel === channel,
    );
    if (usable && request.encrypt && !usable.request.encrypt) {
      throw badRequest("encrypt: this url and channel has a connection that is not encrypted; close it first");
    }
    const connection = usable ?? this.#open(request);
    this.#claim(connection, options.signal);
    if (options.title && !connection.socket.cid) {
      void connection.settled.then(this.#ui.showLoading(options.title));
    }
    await connection.ready;
    return connection.socket;
  }

  /**
   * A claim without a signal lasts until the connection ends; the others may be given up, and with the last the connection.
   *
   * @param {Connection} connection
   * @param {ConnectOptions["signal"]} [signal]
   */
  #claim(connection, signal) {
    if (connection.hasEnded) {
      return;
    }
    const claims = this.#claims.get(connection) ?? new Set();
    this.#claims.set(connection, claims);
    const claim = () => signal?.removeEventListener?.("abort", giveUp);
    claims.add(claim);
    const giveUp = () => {
      claim();
      claims.delete(claim);
      // Soon, because a view that is mounted again at once claims it again.
      soon(() => claims.size || connection.close({ reason: "nobody needs it" }));
    };
    if (signal?.aborted) {
      giveUp();
    } else {
      signal?.addEventListener("abort", giveUp);
    }
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
      // A signal may live for longer than its connection.
      this.#claims.get(ended)?.forEach((stop) => stop());
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
function requestOf(options) {
  requireOptions(options, 'connectWebSocket({ url: "path", data: … })');
  const { url, channel, encrypt = false, signal } = options;
  // As it is now: it is sent again with each reconnect.
  const data = isBytes(options.data) ? toBytes(options.data).slice() : toPlain(options.data, "data");
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw badRequest("signal is that of an AbortController, or absent");
  }
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
