import { FakeSessions } from "./session.js";

/** @import {Happening, HttpRequest, Platform, SocketHandlers} from "../../../main/webapp/sdk/types.js" */

const TOKEN_LIFE = 7_200_000;
const RENEWAL = 1_200_000;

/** What a token of the fake server says. @param {string} token */
export function claimsOf(token) {
  const { uid, exp } = JSON.parse(Buffer.from(token.split(".")[1] ?? token, "base64url").toString());
  return { uid, expires: Math.round(exp * 1000) };
}

/**
 * The server as the protocol describes it, and the platform that leads to it, in one process and without time of its own.
 * What it does by itself can be switched off, so that a test does it in its own order.
 */
export class FakeServer {
  /** @type {FakeSocket[]} */
  sockets = [];
  /** @type {{path: string, body: any, headers: Record<string, string>}[]} */
  requests = [];
  /** Whether sockets open, connect frames are accepted, pings answered and messages acknowledged by themselves. */
  auto = { open: true, connect: true, pong: true, ack: true };
  /** Whether anything can be reached. */
  isReachable = true;
  /** @type {Record<string, (body: any, token: string) => any>} */
  methods = {};
  /** @type {((body: any, token: string) => any) | undefined} */
  onConnect;
  areTokensOpaque = false;
  /** Whether an address comes with how long the token lives on. */
  tellsLife = true;
  /** Whether tokens come with how long they live. */
  tellsExpiresIn = false;
  /** @type {Set<string>} */
  tokens = new Set();
  #clock;
  #lastId = 0;
  /** Whom each ticket is for, and what. @type {Map<string, string>} */
  #tickets = new Map();
  /** Whether sessions outlive their sockets. */
  resumes = false;
  /** Whether what a client has missed comes in one message. */
  batches = false;
  sessions = new FakeSessions(this);
  /** What clients did that the protocol forbids. @type {string[]} */
  violations = [];

  /** @param {{time: () => number}} clock */
  constructor(clock) {
    this.#clock = clock;
    for (const path of ["login", "register"]) {
      this.methods[`user/pub/${path}`] = ({ username }) => this.login(username);
    }
    this.methods["user/pub/logout"] = (_, token) => {
      this.tokens.delete(token);
      return {};
    };
    this.methods["user/kh/renew"] = (_, token) => {
      const { uid, expires } = claimsOf(token);
      const renewed = expires - this.#clock.time() > RENEWAL ? token : this.issue(uid);
      return { vk_uni_token: this.#tokenOf(renewed) };
    };
  }

  /** @param {string} uid @param {number} [life] */
  issue(uid, life = TOKEN_LIFE) {
    const now = this.#clock.time();
    const claims = { uid, iat: now / 1000, exp: (now + life) / 1000, id: ++this.#lastId };
    const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
    // What is no JWT tells nobody how long it lives.
    const token = this.areTokensOpaque ? body : `e30.${body}.x`;
    this.tokens.add(token);
    return token;
  }

  /** @param {string} token */
  #tokenOf(token) {
    const { expires } = claimsOf(token);
    return { token, tokenExpired: expires, ...(this.tellsExpiresIn && { expiresIn: (expires - this.#clock.time()) / 1000 }) };
  }

  /** What a login answers. @param {string} username @param {number} [life] */
  login(username, life) {
    const token = this.issue(`uid-${username}`, life);
    const uid = `uid-${username}`;
    const vk_uni_token = this.#tokenOf(token);
    return { ...vk_uni_token, uid, vk_uni_token, needUpdateUserInfo: true, userInfo: { _id: uid, username } };
  }

  /** The socket that was opened last. */
  get socket() {
    return this.sockets[this.sockets.length - 1];
  }

  /** The sockets that nobody has closed. */
  get live() {
    return this.sockets.filter((socket) => socket.isLive);
  }

  /** The session of the last socket, if that has one. */
  get session() {
    return /** @type {import("./session.js").FakeSession} */ (this.socket.session);
  }

  time() {
    return this.#clock.time();
  }

  /** A signed address. @param {string} path @param {string} [identity] whom it is for, and what */
  signed(path, identity = "") {
    const ticket = `t${++this.#lastId}`;
    this.#tickets.set(ticket, identity);
    return `wss://fake.example/app/ws/${path}?url=${encodeURIComponent(path)}&ticket=${ticket}`;
  }

  /**
   * @param {HttpRequest} request
   * @returns {Promise<import("../../../main/webapp/sdk/types.js").HttpAnswer>}
   */
  async request({ url, headers, body: text }) {
    const path = url.replace("https://fake.example/app/", "");
    const body = JSON.parse(text);
    this.requests.push({ path, body, headers });
    await Promise.resolve();
    if (!this.isReachable) {
      throw new Error("unreachable");
    }
    const token = headers["uni-id-token"] ?? "";
    const answer =
      path === "connect" ? this.#connect(body, token) : this.#call(path.replace("http/router/", ""), body, token);
    const { status = 200, retryAfter, text: raw, ...members } = await answer;
    return { status, retryAfter, text: raw ?? JSON.stringify({ code: 0, msg: "", ...(members.code && { requestId: "r-0" }), ...members }) };
  }

  /** @param {any} body @param {string} token */
  #connect(body, token) {
    return this.onConnect?.(body, token) ?? this.address(body, token);
  }

  /** What `/connect` answers. @param {any} body @param {string} token */
  address({ url, channel, encrypt }, token) {
    const tokenExpiresIn = this.tokens.has(token) && this.tellsLife ? claimsOf(token).expires - this.#clock.time() : undefined;
    const uid = this.tokens.has(token) ? claimsOf(token).uid : "";
    return { url: this.signed(url, [uid, url, channel, encrypt].join()), tokenExpiresIn };
  }

  /** @param {string} url @param {any} body @param {string} token */
  #call(url, body, token) {
    const method = this.methods[url];
    return method ? method(body, token) : { code: 404, msg: "no such object or method", requestId: "r-404" };
  }

  /** @param {string} url @param {string} protocol @param {SocketHandlers} handlers */
  open(url, protocol, handlers) {
    const ticket = /[?&]ticket=([^&]*)/.exec(url)?.[1] ?? "";
    const identity = this.#tickets.get(ticket) ?? "";
    const isGood = this.#tickets.delete(ticket);
    const socket = new FakeSocket(this, url, protocol, handlers, identity);
    this.sockets.push(socket);
    if (!this.isReachable || !isGood) {
      setImmediate(() => socket.end(1006, "", false));
    } else if (this.auto.open) {
      setImmediate(() => socket.isLive && handlers.open());
    }
    return socket.near;
  }

  nextCid() {
    return `cid-${++this.#lastId}`;
  }
}

/** A socket, seen from the server. */
export class FakeSocket {
  /** @type {any[]} */
  frames = [];
  /** @type {{code: number, reason: string} | undefined} */
  closed;
  isLive = true;
  /** @type {import("./session.js").FakeSession | undefined} */
  session;
  #server;

  /**
   * @param {FakeServer} server @param {string} url @param {string} protocol @param {SocketHandlers} handlers
   * @param {string} identity
   */
  constructor(server, url, protocol, handlers, identity) {
    this.#server = server;
    this.identity = identity;
    this.url = url;
    this.protocol = protocol;
    this.handlers = handlers;
    this.near = {
      send: (/** @type {Uint8Array} */ bytes) => this.#receive(bytes),
      close: (/** @type {number} */ code, /** @type {string} */ reason) => {
        this.closed ??= { code, reason };
        // A close that the network swallows, or that comes too late, is nothing to the server.
        if (this.isLive && this.isHeard) {
          this.#leave(code);
        }
        this.isLive = false;
      },
    };
  }

  /** Whether what the client sends arrives; the client does not notice. */
  isHeard = true;

  /** @param {number} [code] */
  #leave(code) {
    this.session?.leave(code);
    this.session = undefined;
  }

  /** @param {Uint8Array} bytes */
  #receive(bytes) {
    if (!this.isLive) {
      throw new Error("the socket is closed");
    }
    if (!this.isHeard) {
      return;
    }
    const frame = parse(bytes);
    this.frames.push(frame);
    if (this.#server.resumes && !this.session && !["connect", "ping", "pong"].includes(frame.type)) {
      this.#server.violations.push(`${frame.type} ahead of connected`);
    }
    this.session?.receive(frame);
    const { auto } = this.#server;
    if (frame.type === "connect" && auto.connect) {
      setImmediate(() => this.accept());
    } else if (frame.type === "ping" && auto.pong) {
      setImmediate(() => this.send({ type: "pong" }));
    } else if (frame.type === "message" && auto.ack) {
      const { session } = this;
      // The answer of a session finds its way, whatever has become of the socket.
      setImmediate(() => (session ? session.send([{ type: "ack", id: frame.id }]) : this.send({ type: "ack", id: frame.id })));
    }
  }

  /** The frames of a type. @param {string} type */
  of(type) {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** Accepts the connection. */
  accept(cid = this.#server.resumes ? undefined : this.#server.nextCid()) {
    const { resume } = this.frames[0];
    if (!cid) {
      return this.#server.sessions.accept(this, resume);
    }
    this.cid = cid;
    this.write({ type: "connected", cid, pingInterval: 25000 });
  }

  /** Sends a frame, or several in one message, and counts them for the session if there is one. @param {any} frame */
  send(frame) {
    if (this.session) {
      const isBatch = Array.isArray(frame);
      this.session.send(isBatch ? frame : [frame], isBatch);
    } else {
      this.write(frame);
    }
  }

  /** Writes a frame; a socket that has ended writes nothing. @param {any} frame */
  write(frame) {
    if (this.isLive) {
      this.handlers.message(frame instanceof Uint8Array ? frame : JSON.stringify(frame));
    }
  }

  /** @param {string} event @param {object} [members] */
  event(event, members = {}) {
    this.send({ type: "event", event, ...members });
  }

  /** Ends the socket, as the server or the network does. @param {number} code */
  end(code, reason = "", wasClean = true) {
    this.isLive = false;
    // With any other code the server has ended the session.
    this.#leave(code === 1006 || code === 4500 ? undefined : 1000);
    this.handlers.close({ code, reason, wasClean });
  }
}

/** @param {Uint8Array} bytes */
function parse(bytes) {
  const text = new TextDecoder("utf-8", { fatal: true });
  if (bytes[0] !== 1) {
    return JSON.parse(text.decode(bytes));
  }
  const end = 3 + bytes[1] * 256 + bytes[2];
  return { ...JSON.parse(text.decode(bytes.subarray(3, end))), binary: [...bytes.subarray(end)] };
}

/** The platform of a client of the fake server. */
export class FakePlatform {
  name = "fake";
  baseUrl = "https://fake.example/app";
  /** @type {Map<string, string>} */
  stored = new Map();
  /** @type {string[]} What the user saw: masks, toasts, pages. */
  seen = [];
  /** @type {Set<(happening: Happening) => void>} */
  watchers = new Set();

  /** @param {FakeServer} server */
  constructor(server) {
    this.server = server;
  }

  /** @type {Platform["openSocket"]} */
  openSocket = (url, protocol, handlers) => this.server.open(url, protocol, handlers);

  /** @type {Platform["request"]} */
  request = (request) => this.server.request(request);

  /** @type {Platform["storage"]} */
  storage = {
    get: (key) => this.stored.get(key),
    set: (key, value) => void this.stored.set(key, value),
    remove: (key) => void this.stored.delete(key),
  };

  /** @type {Platform["watch"]} */
  watch = (listener) => {
    this.watchers.add(listener);
    return () => void this.watchers.delete(listener);
  };

  /** @param {Happening} happening */
  happen(happening) {
    this.watchers.forEach((listener) => listener(happening));
  }

  /** @type {Platform["ui"]} */
  ui = {
    mask: (title) => void this.seen.push(title === null ? "unmask" : `mask ${title}`),
    toast: (text) => void this.seen.push(`toast ${text}`),
    navigate: (url) => void this.seen.push(`go ${url}`),
    currentPage: () => ({ fullPath: "/chat?room=1", route: "chat", options: { room: "1" } }),
  };
}
