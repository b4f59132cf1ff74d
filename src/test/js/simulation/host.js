/**
 * The SDK for the simulation: clients on time, chance, sockets and requests that another process decides about. It reads
 * one command a line, its parts apart by tabs, and answers each with lines of what the SDK did, and a last line that says
 * when its next timer is due.
 *
 * @module
 */
import { readSync, writeSync } from "node:fs";
import { VkError, createVk } from "../../../main/webapp/sdk/index.js";

/** @import {CloudSocket, Happening, HttpAnswer, Platform, SocketHandlers, Vk} from "../../../main/webapp/sdk/types.js" */

const BEGIN = 1_800_000_000_000;
const NEVER = -1;
const BASE = "https://simulation.example/";
const OBJECT = "chat/room";

/** @type {string[]} */
let said = [];
/** @param {...unknown} parts */
const say = (...parts) => void said.push(parts.join("\t"));

console.error = (...what) => say("fault", what.map((one) => String(one?.stack ?? one).replace(/\s+/g, " ")).join(" "));
console.warn = console.error;
process.on("unhandledRejection", (e) => console.error(e));

/** Time that passes when it is told to. */
class Clock {
  at = 0;
  #lastId = 0;
  /** @type {Map<number, {at: number, task: () => void}>} */
  #timers = new Map();

  now = () => BEGIN + this.at;
  elapsed = () => this.at;

  /** @param {() => void} task @param {number} milliseconds */
  setTimeout = (task, milliseconds) => {
    if (!(Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds < 2 ** 31)) {
      throw new RangeError(`a timer can't take ${milliseconds} ms`);
    }
    this.#timers.set(++this.#lastId, { at: this.at + milliseconds, task });
    return this.#lastId;
  };

  /** @param {number} id */
  clearTimeout = (id) => void this.#timers.delete(id);

  /** The timer that is due next. */
  #next() {
    let next;
    for (const entry of this.#timers) {
      if (!next || entry[1].at < next[1].at) {
        next = entry;
      }
    }
    return next;
  }

  get due() {
    return this.#next()?.[1].at ?? NEVER;
  }

  /** @param {number} to */
  async advance(to) {
    for (let next = this.#next(); next && next[1].at <= to; next = this.#next()) {
      this.#timers.delete(next[0]);
      this.at = Math.max(this.at, next[1].at);
      next[1].task();
      await settle();
    }
    this.at = Math.max(this.at, to);
  }
}

/** Lets everything run that waits for no time. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** @param {number} seed */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let clock = new Clock();
let random = randomOf(0);
let lastId = 0;
/** @type {Map<number, Client>} */
let clients = new Map();
/** @type {Map<number, SocketHandlers>} */
let sockets = new Map();
/** @type {Map<number, (answer: HttpAnswer | undefined) => void>} */
let requests = new Map();

/** A client, with one connection at a time. */
class Client {
  #number;
  /** @type {Map<string, string>} */
  #stored;
  /** @type {(happening: Happening) => void} */
  #watcher = () => {};
  /** @type {Vk} */
  vk;
  /** @type {CloudSocket | undefined} */
  #socket;
  /** What is sent as soon as a listener hears something. @type {[number, string, number][]} */
  #reactions = [];
  /** Cancels the request that was made last. */
  #cancel = () => {};

  /** @param {number} number @param {number} interval @param {number} timeout @param {number} most */
  constructor(number, interval, timeout, most) {
    this.#number = number;
    this.#stored = new Map([["cloudobjects.device", JSON.stringify({ id: `device-${number}` })]]);
    this.vk = createVk({
      platform: this.#platform(),
      clock,
      random,
      reconnect: { minDelay: 100, maxDelay: 2000 },
      heartbeat: { interval, timeout },
      queue: { messages: most },
    });
  }

  /** @returns {Platform} */
  #platform() {
    return {
      name: "simulation",
      baseUrl: BASE,
      openSocket: (url, _, handlers) => {
        const id = ++lastId;
        sockets.set(id, handlers);
        say("socket", this.#number, id, url);
        return {
          send: (bytes) => say("sent", id, Buffer.from(bytes).toString()),
          close: (code, reason) => say("drop", id, code, reason),
        };
      },
      request: ({ url, headers }) => {
        const id = ++lastId;
        say("request", this.#number, id, url.replace(BASE, ""), headers["uni-id-token"] ?? "");
        return new Promise((resolve, reject) =>
          requests.set(id, (answer) => (answer ? resolve(answer) : reject(new Error("unreachable")))),
        );
      },
      storage: {
        get: (key) => this.#stored.get(key),
        set: (key, value) => void this.#stored.set(key, value),
        remove: (key) => void this.#stored.delete(key),
      },
      watch: (listener) => {
        this.#watcher = listener;
        return () => (this.#watcher = () => {});
      },
      ui: { mask() {}, toast() {}, navigate() {}, currentPage: () => ({ fullPath: "/", route: "", options: {} }) },
    };
  }

  connect() {
    this.vk.connectWebSocket({ url: OBJECT }).then(
      (socket) => this.#listen(socket),
      (e) => say("failed", this.#number, e.code),
    );
  }

  /** @param {CloudSocket} socket */
  #listen(socket) {
    if (socket === this.#socket) {
      return;
    }
    const number = this.#number;
    this.#socket = socket;
    socket.onOpen(({ cid, recovered, reason }) => {
      say("opened", number, cid, recovered ?? "", reason ?? "");
      this.#react();
    });
    socket.onMessage((data) => {
      say("message", number, data.n);
      this.#react();
    });
    socket.onRequest(({ n, what }) => {
      say("asked", number, n);
      this.#react();
      if (what === "fail") {
        throw new VkError(7, "no");
      }
      return what === "never" ? new Promise(() => {}) : n;
    });
    socket.onVkMessage(({ type, err, close }) => say("vk", number, type, err?.code ?? 0, close));
    socket.onClose(({ code, reason }) => say("closed", number, code, reason));
    socket.on("transition", ({ to }) => say("state", number, to));
  }

  #react() {
    const reaction = this.#reactions.shift();
    if (reaction) {
      this.send(...reaction);
    }
  }

  /** @param {number} n @param {string} what @param {number} size */
  react(n, what, size) {
    this.#reactions.push([n, what, size]);
  }

  /** @param {number} n @param {string} what @param {number} size @param {number} [timeout] @param {boolean} [asks] */
  send(n, what, size, timeout, asks) {
    if (!this.#socket) {
      return say("settled", this.#number, n, "none", 0);
    }
    say("sending", this.#number, n);
    // Deeper than the server reads: malformed to it, and without an id that it could know in time where it is large.
    const data = { n, what, pad: what === "deep" ? nested(size) : "x".repeat(size) };
    if (asks) {
      const stop = new AbortController();
      this.#cancel = () => stop.abort();
      this.#socket.request({ data, signal: stop.signal, ...(timeout && { timeout }) }).then(
        (value) => say("settled", this.#number, n, "answered", value),
        (e) => say("settled", this.#number, n, e.status, e.code),
      );
      return;
    }
    this.#socket.send({ data, ...(timeout && { timeout }) }).then(
      ({ status }) => say("settled", this.#number, n, status, 0),
      (e) => say("settled", this.#number, n, e.status, e.code),
    );
  }

  cancel() {
    this.#cancel();
  }

  close() {
    this.#socket?.close();
  }

  reconnect() {
    this.#socket?.reconnect();
  }

  /** @param {Happening} happening */
  notice(happening) {
    this.#watcher(happening);
  }

  /** @param {string} token @param {string} uid */
  login(token, uid) {
    this.vk.login.set({ token, tokenExpired: BEGIN + 36_000_000, userInfo: { _id: uid } });
  }

  logout() {
    this.vk.userCenter.logout().catch(() => {});
  }
}

/** @param {number} size */
function nested(size) {
  /** @type {any} */
  let data = "x".repeat(size);
  for (let i = 0; i < 40; i++) {
    data = [data];
  }
  return data;
}

/** @param {number} id */
const clientOf = (id) => /** @type {Client} */ (clients.get(id));

/** @type {Record<string, (...parts: any[]) => unknown>} */
const commands = {
  reset(seed) {
    clock = new Clock();
    random = randomOf(Number(seed));
    lastId = 0;
    clients = new Map();
    sockets = new Map();
    requests = new Map();
  },
  client: (id, interval, timeout, most) =>
    clients.set(Number(id), new Client(Number(id), Number(interval), Number(timeout), Number(most))),
  connect: (id) => clientOf(Number(id)).connect(),
  send: (id, n, what, size, timeout, asks) =>
    clientOf(Number(id)).send(Number(n), what, Number(size), Number(timeout), asks === "true"),
  cancel: (id) => clientOf(Number(id)).cancel(),
  react: (id, n, what, size) => clientOf(Number(id)).react(Number(n), what, Number(size)),
  close: (id) => clientOf(Number(id)).close(),
  reconnect: (id) => clientOf(Number(id)).reconnect(),
  notice: (id, happening) => clientOf(Number(id)).notice(happening),
  login: (id, token, uid) => clientOf(Number(id)).login(token, uid),
  logout: (id) => clientOf(Number(id)).logout(),
  answer(id, status, text) {
    const answer = Number(status) ? { status: Number(status), text } : undefined;
    requests.get(Number(id))?.(answer);
    requests.delete(Number(id));
  },
  open: (id) => sockets.get(Number(id))?.open(),
  message: (id, text) => sockets.get(Number(id))?.message(text),
  closed(id, code, reason) {
    sockets.get(Number(id))?.close({ code: Number(code), reason: reason ?? "", wasClean: Number(code) !== 1006 });
    sockets.delete(Number(id));
  },
  time: (to) => clock.advance(Number(to)),
};

const input = Buffer.alloc(1 << 16);
let begun = "";
for (;;) {
  const length = readSync(0, input);
  if (length === 0) {
    break;
  }
  begun += input.toString("latin1", 0, length);
  for (let end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
    const [now, name, ...parts] = begun.slice(0, end).split("\t");
    begun = begun.slice(end + 1);
    try {
      // What is due by then is told by "time" first.
      clock.at = Math.max(clock.at, name === "time" ? 0 : Number(now));
      await commands[name](...parts);
    } catch (e) {
      console.error(e);
    }
    await settle();
    say(".", clock.due);
    const answer = said;
    said = [];
    writeSync(1, `${answer.join("\n")}\n`);
  }
}
