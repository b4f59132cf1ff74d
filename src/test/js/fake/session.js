/** @import {FakeServer, FakeSocket} from "./server.js" */

const WINDOW = 120_000;
/** Frames of a socket, not of its session. @param {any} frame */
const isCounted = ({ type, event }) => !["connected", "ping", "pong"].includes(type) && event !== "reconnect";

/** The codes with which a client leaves its session behind. @param {number} code */
const leaves = (code) => code === 4502 || (code >= 1011 && code <= 1014);

/** A session of the fake server, which outlives its sockets as the protocol says. */
export class FakeSession {
  /** All that was sent, in order. @type {any[]} */
  sent = [];
  /** How many of these are kept no more, because the client has them or because of `limit`. */
  forgotten = 0;
  /** How many frames are kept at most. */
  limit = Infinity;
  /** The largest id that has come. */
  lastId = 0;
  /** The data of the messages that have come. @type {any[]} */
  handled = [];
  /** What the client said that it has received. @type {number[]} */
  told = [];
  isOver = false;
  /** @type {FakeSocket | undefined} */
  socket;
  #server;
  #awayAt = Infinity;

  /** @param {FakeServer} server @param {string} cid @param {string} identity */
  constructor(server, cid, identity) {
    this.#server = server;
    this.cid = cid;
    this.identity = identity;
    this.secret = `secret-of-${cid}`;
  }

  /** Sends frames, or keeps them while the session is away. @param {any[]} frames @param {boolean} [asBatch] */
  send(frames, asBatch = false) {
    this.sent.push(...frames.filter(isCounted));
    this.forgotten = Math.max(this.forgotten, this.sent.length - this.limit);
    this.socket?.write(asBatch ? frames : frames[0]);
  }

  /** @param {any} frame */
  receive(frame) {
    if (frame.received !== undefined) {
      const last = this.told.at(-1) ?? 0;
      if (frame.received < last || frame.received > this.sent.length) {
        this.#server.violations.push(`received ${frame.received} of ${this.sent.length}, after ${last}`);
      }
      this.told.push(frame.received);
      this.forgotten = Math.max(this.forgotten, frame.received);
    }
    if (frame.id !== undefined) {
      if (frame.id <= this.lastId) {
        this.#server.violations.push(`id ${frame.id} after ${this.lastId}`);
      }
      this.lastId = frame.id;
    }
    if (frame.type === "message") {
      this.handled.push(frame.data ?? frame.binary);
    }
  }

  /** Its socket has ended: by the client with this code, or else without one. @param {number} [code] */
  leave(code = 4502) {
    this.socket = undefined;
    this.#awayAt = this.#server.time();
    this.isOver ||= !leaves(code);
  }

  /** Why it can't be resumed. @param {any} wish @param {string} identity */
  objection(wish, identity) {
    if (this.isOver || wish.secret !== this.secret || this.#server.time() - this.#awayAt >= WINDOW) {
      return "expired";
    }
    if (identity !== this.identity) {
      return "changed";
    }
    return wish.received < this.forgotten ? "incomplete" : undefined;
  }

  /** @param {FakeSocket} socket @param {number} received */
  resume(socket, received) {
    const old = this.socket;
    this.socket = socket;
    this.#awayAt = Infinity;
    socket.session = this;
    socket.cid = this.cid;
    if (old) {
      old.session = undefined;
      old.end(4502);
    }
    const connected = { type: "connected", cid: this.cid, pingInterval: 25000, recovered: true, received: this.lastId };
    const missed = this.sent.slice(received);
    if (this.#server.batches) {
      socket.write([connected, ...missed]);
    } else {
      [connected, ...missed].forEach((frame) => socket.write(frame));
    }
  }
}

/** The sessions of a fake server. */
export class FakeSessions {
  /** @type {Map<string, FakeSession>} */
  #all = new Map();
  /** Said of a session that is not there. */
  #without = "expired";
  #server;

  /** @param {FakeServer} server */
  constructor(server) {
    this.#server = server;
  }

  /** The server starts anew, and has none of them. */
  restart() {
    this.#all.clear();
    this.#without = "restarted";
  }

  /**
   * Answers a connect frame.
   *
   * @param {FakeSocket} socket
   * @param {any} wish its member `resume`
   */
  accept(socket, wish) {
    const identity = socket.identity;
    const known = this.#all.get(wish?.cid);
    const reason = wish === true ? undefined : known ? known.objection(wish, identity) : this.#without;
    if (known && !reason) {
      return known.resume(socket, wish.received);
    }
    const session = new FakeSession(this.#server, this.#server.nextCid(), identity);
    this.#all.set(session.cid, session);
    session.socket = socket;
    socket.session = session;
    const resume = { secret: session.secret, window: WINDOW };
    const answer = wish === true ? {} : { recovered: false, reason };
    socket.cid = session.cid;
    socket.write({ type: "connected", cid: session.cid, pingInterval: 25000, resume, ...answer });
  }
}
