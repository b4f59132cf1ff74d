import { Attempt, PASSING } from "./attempt.js";
import { Backoff } from "./backoff.js";
import { deadline } from "./clock.js";
import { trace } from "./codec.js";
import { CloseCode, LOST, mayReconnect } from "./codes.js";
import { announcedEnd, fit, lastWords } from "./ending.js";
import { badRequest, requireOptions } from "./errors.js";
import { Groups } from "./groups.js";
import { Heartbeat } from "./heartbeat.js";
import { LastListeners, report } from "./listeners.js";
import { option } from "./options.js";
import { Outbox, hasEnded } from "./outbox.js";
import { Places } from "./presence.js";
import { Requests } from "./requests.js";
import { Session } from "./session.js";
import { socketOf } from "./socket.js";

/** @import {Happening, OpenEvent, SendOptions, State, VkMessage} from "./types.js" */
/** @import {Environment, Loss, OutgoingFrame, Request} from "./internal.js" */

const EVENTS = ["error", "invalidToken", "forceLogout"];
/** How long to wait for the close that the server has announced, in milliseconds. */
const CLOSE_PATIENCE = 3000;

/**
 * A connection to a cloud object: the one place where its state changes.
 *
 * connecting → open → waiting → connecting → …; closing once the server has announced the end; closed for good.
 */
export class Connection {
  /** @type {State} */
  state = "connecting";
  cid = "";
  /** What `onOpen` has told; none while it is not open. @type {OpenEvent | undefined} */
  told;
  /** @type {number | null} */
  latency = null;
  request;
  /** Whose connection it is: see `LoginStore`. */
  owner = "";
  listeners = new LastListeners();
  #parts = {
    isReady: () => this.state === "open" && this.#outbox.isIdle,
    hasEnded: () => this.hasEnded,
    nextId: () => this.#outbox.nextId(),
    send: (/** @type {OutgoingFrame} */ frame) => this.#attempt?.send(frame),
    emit: (/** @type {string} */ name, /** @type {unknown} */ value) => this.listeners.emit(name, value),
    message: (/** @type {unknown} */ data) => this.listeners.emit("message", data),
  };
  groups = new Groups(this.#parts);
  places = new Places(this.#parts, () => this.request.url);
  socket = socketOf(this);

  #env;
  #outbox;
  requests;
  #session;
  #heartbeat;
  #backoff;
  #onEnd;
  /** @type {Attempt | undefined} */
  #attempt;
  /** @type {any} */
  #timer;
  #stopWaiting = () => {};
  /** The ids of what has renewed the login, as far as it was not answered. @type {Set<number>} */
  #authIds = new Set();
  /** @type {VkMessage | undefined} */
  #announced;
  /** @type {() => void} */
  #setReady = () => {};
  /** @type {() => void} */
  #setSettled = () => {};
  /** The first socket is open, or has failed. */
  ready = new Promise((resolve) => (this.#setReady = () => resolve(undefined)));
  /** The connection was accepted for the first time, or has ended. */
  settled = new Promise((resolve) => (this.#setSettled = () => resolve(undefined)));

  /**
   * @param {Environment} env
   * @param {Request} request
   * @param {(connection: Connection) => void} onEnd
   */
  constructor(env, request, onEnd) {
    this.#env = env;
    this.request = request;
    this.#onEnd = onEnd;
    this.#backoff = new Backoff(env);
    this.#outbox = new Outbox(env.queue, env.clock);
    this.requests = new Requests(this, this.#outbox, env.clock, (frame) => this.state === "open" && this.#attempt?.send(frame));
    this.#session = new Session(env.clock, (received) => this.#attempt?.send({ type: "pong", received }));
    this.#heartbeat = new Heartbeat({
      ...env.heartbeat,
      clock: env.clock,
      ping: () => {
        this.#attempt?.send({ type: "ping", received: this.#session.received });
        this.#look();
        // Again, if the server could not take it the last time.
        this.renewed();
      },
      latency: (milliseconds) => {
        this.latency = milliseconds;
        this.listeners.emit("latency", milliseconds);
      },
      dead: () => this.#lost({ code: CloseCode.HEARTBEAT_MISSED, reason: "no sign of life", wasClean: false }),
    });
  }

  start() {
    this.#connect();
  }

  get hasEnded() {
    return this.listeners.hasEnded;
  }

  /** Whether it can be given to who asks for its url and channel. */
  get isUsable() {
    return !this.hasEnded && this.state !== "closing";
  }

  /** @param {SendOptions} options */
  send(options) {
    try {
      requireOptions(options, "send({ data: … })");
    } catch (e) {
      const refused = Promise.reject(e);
      report(refused, {});
      return refused;
    }
    const { data, timeout, ...callbacks } = options;
    const sent = this.#send(data, timeout);
    report(sent, callbacks);
    return sent;
  }

  /** @param {unknown} data @param {unknown} timeout */
  async #send(data, timeout) {
    if (!this.isUsable) {
      throw hasEnded();
    }
    return this.#outbox.add({ type: "message", data }, option("send.timeout", timeout));
  }

  /** @param {{code?: number, reason?: string}} [options] */
  close({ code = CloseCode.NORMAL, reason = "" } = {}) {
    if (code !== CloseCode.NORMAL && !(code >= 3000 && code <= 4999)) {
      throw badRequest(`code must be 1000 or 3000 to 4999, not ${code}`);
    }
    if (!this.hasEnded) {
      const short = fit(String(reason));
      this.#attempt?.drop(code, short);
      this.#end({ code, reason: short, wasClean: true }, true);
    }
  }

  /** The same user has another token. */
  renewed() {
    const { token, owner } = this.#env.login;
    const attempt = this.#attempt;
    // While something waits, this can't be sent: it has a larger id, and so has to come behind.
    const isIdle = this.state === "open" && this.#outbox.isIdle;
    if (attempt && isIdle && owner && owner === this.owner && token !== attempt.token) {
      attempt.token = token;
      const id = this.#outbox.nextId();
      this.#authIds.add(id);
      attempt.send({ type: "auth", id, token });
    }
  }

  /** @param {Happening} happening */
  notice(happening) {
    if (this.state === "open") {
      if (happening === "offline") {
        this.#lost({ code: LOST, reason: "the network is away", wasClean: false });
      } else if (happening !== "hidden") {
        this.#heartbeat.probe();
      }
    } else if (happening === "online" || happening === "visible") {
      this.reconnect();
    }
  }

  /** The next attempt at once, for somebody who does not want to wait for it. */
  reconnect() {
    if (this.state === "waiting") {
      this.#setTimer(() => this.#connect(), this.#backoff.soon());
    }
  }

  #connect() {
    if (!this.#look()) {
      return;
    }
    this.#backoff.begin();
    this.owner = this.#env.login.owner;
    this.#transition("connecting", "reconnecting");
    if (this.hasEnded) {
      return;
    }
    this.#attempt = new Attempt(this.#env, this.request, {
      socketOpen: this.#setReady,
      frame: (frame, message, size) => this.#frame(frame, message, size),
      resume: (owner) => this.#session.wish(owner),
      wrote: (type, message) => this.#trace("out", type, () => message),
      lost: (loss) => this.#lost(loss),
    });
    void this.#attempt.start();
  }

  /**
   * @param {Record<string, any>} frame
   * @param {() => string | Uint8Array} message
   * @param {number} size
   */
  #frame(frame, message, size) {
    this.#heartbeat.alive();
    this.#trace("in", frame.type, message);
    if (this.hasEnded) {
      return;
    }
    this.#session.count(frame, size);
    switch (frame.type) {
      case "connected":
        return this.#opened(frame);
      case "message":
        return frame.group === undefined ? this.listeners.emit("message", frame.data ?? null) : this.groups.message(frame);
      case "joined":
        return this.groups.joined(frame);
      case "caughtup":
        return this.groups.caughtUp(frame);
      case "presence":
        return this.places.changed(frame);
      case "members":
        return this.places.page(frame);
      case "event":
        return this.#event(frame);
      case "ack":
        return this.#outbox.handled(frame.id);
      case "response":
        return this.requests.answered(frame);
      case "item":
        return this.requests.item(frame);
      case "request":
        return this.requests.serve(frame);
      case "cancel":
        return this.requests.abort(frame.re);
      case "authenticated":
        return void this.#authIds.delete(frame.re);
      case "ping":
        return this.#attempt?.send({ type: "pong", received: this.#session.received });
      case "pong":
        return this.#heartbeat.pong();
    }
  }

  /** @param {Record<string, any>} frame */
  #opened(frame) {
    const attempt = this.#attempt;
    if (!attempt || this.state !== "connecting") {
      return;
    }
    attempt.accepted();
    const event = this.#session.opened(frame, attempt.owner);
    this.cid = event.cid;
    this.#backoff.opened();
    if (event.recovered) {
      this.#outbox.resumed(frame.received);
    } else {
      this.#outbox.lose();
      this.requests.lose();
    }
    this.#transition("open", "connected");
    this.#setSettled();
    // Each of these tells listeners something, and any of them may close the connection.
    const isOpen = () => this.#attempt === attempt && this.state === "open";
    if (isOpen()) {
      this.#heartbeat.start(frame.pingInterval);
    }
    if (isOpen()) {
      this.#outbox.open((type, bytes) => attempt.write(type, bytes), this.#session.isResumable);
    }
    if (isOpen()) {
      this.requests.resumed();
    }
    // The token may have changed while the ticket of the old one was on its way.
    this.renewed();
    if (isOpen()) {
      this.groups.opened(event.recovered === true);
      this.places.opened(event.recovered === true);
    }
    if (isOpen()) {
      this.told = event;
      this.listeners.emit("open", event);
    }
  }

  /** Whether it goes on: another page of the same site may have logged another user in, which ends it. */
  #look() {
    this.#env.login.look();
    return !this.hasEnded;
  }

  /** @param {Record<string, any>} frame */
  #event({ event: type, data, err, close = false, re, within }) {
    if (!this.#look()) {
      // What it says of a login is about another one.
      return;
    }
    if (re !== undefined && err) {
      if (this.#authIds.delete(re) && !close) {
        // The application has not asked: it hears of the login's end, if it comes to that.
        if (this.#attempt && PASSING.includes(err.code)) {
          this.#attempt.token = "";
        }
        return;
      }
      if ((this.groups.refused(re, err) || this.places.refused(re, err)) && !close) {
        // Who has asked is told by the promise.
        return;
      }
      const isOfRequest = this.requests.has(re);
      this.#outbox.refused(re, err);
      if (isOfRequest && !close) {
        return;
      }
    }
    if (type === "reconnect") {
      this.#backoff.hint(within);
    }
    if (!EVENTS.includes(type)) {
      return;
    }
    const message = /** @type {VkMessage} */ ({ type, data, err, close });
    if (close) {
      this.#announced = message;
      this.#heartbeat.stop();
      this.#env.clock.clearTimeout(this.#timer);
      this.#stopWaiting();
      this.#stopWaiting = deadline(this.#env.clock, CLOSE_PATIENCE, () => this.#lost(announcedEnd(message)));
      this.#transition("closing", type);
    }
    this.listeners.emit("vkMessage", message);
  }

  /**
   * The attempt has failed, or its socket is lost or given up.
   *
   * @param {Loss} loss
   */
  #lost(loss) {
    this.#leave();
    this.#outbox.pause();
    if (!this.#look()) {
      return;
    }
    const mayReturn = this.#session.wasOpen && !this.request.address && !this.#announced && mayReconnect(loss.code);
    const returns = mayReturn && this.#backoff.failed();
    // Only after this code does the server keep the session.
    this.#attempt?.drop(returns ? CloseCode.REPLACED : loss.code, loss.reason);
    this.#attempt = undefined;
    if (returns) {
      if (!this.#session.isResumable) {
        this.#outbox.lose();
        this.requests.lose();
      }
      const delay = this.#backoff.delay(loss.code, loss.retryAfter);
      this.#transition("waiting", loss.reason, delay);
      if (!this.hasEnded) {
        this.#setTimer(() => this.#connect(), delay);
      }
    } else {
      this.#end(this.#announced && loss.code === LOST ? announcedEnd(this.#announced) : loss);
    }
  }

  /**
   * @param {Loss} loss
   * @param {boolean} [isOurs]
   */
  #end(loss, isOurs = false) {
    this.listeners.end(lastWords(loss, this.#announced, isOurs));
    if (this.#announced) {
      // Those who listen have had it.
      this.listeners.clear("vkMessage");
    }
    this.#leave();
    this.#attempt = undefined;
    this.#session.forget();
    this.#env.clock.clearTimeout(this.#timer);
    this.#stopWaiting();
    this.#outbox.end();
    this.groups.end();
    this.places.end();
    this.requests.lose();
    this.#onEnd(this);
    this.#transition("closed", loss.reason);
    this.#setReady();
    this.#setSettled();
    this.listeners.tellTheEnd();
  }

  /** It is not open. */
  #leave() {
    this.cid = "";
    this.told = undefined;
    this.#heartbeat.stop();
    this.#session.pause();
  }

  /**
   * @param {State} to
   * @param {string} reason
   * @param {number} [delay]
   */
  #transition(to, reason, delay) {
    const from = this.state;
    if (from !== to && from !== "closed") {
      this.state = to;
      this.listeners.emit("transition", { from, to, reason, ...(delay === undefined ? {} : { delay }) });
    }
  }

  /**
   * @param {() => void} task
   * @param {number} milliseconds
   */
  #setTimer(task, milliseconds) {
    this.#env.clock.clearTimeout(this.#timer);
    this.#timer = this.#env.clock.setTimeout(task, milliseconds);
  }

  /**
   * @param {"in" | "out"} direction
   * @param {string} type
   * @param {() => string | Uint8Array} message
   */
  #trace(direction, type, message) {
    if (this.listeners.has("frame")) {
      this.listeners.emit("frame", { direction, type, ...trace(type, message()), at: this.#env.clock.now() });
    }
  }
}
