/** @import {Clock, OpenEvent} from "./types.js" */
/** @import {Resume} from "./internal.js" */

/** After so many frames, or so many bytes, the server is told what has arrived. */
const FRAMES = 100;
const BYTES = 65_536;
/** But not more often than once in so many milliseconds. */
const PAUSE = 1000;
/** Frames that belong to a socket, not to its session. */
const UNCOUNTED = ["connected", "ping", "pong"];

/**
 * The server's session of a connection, which can outlive its socket: what the client has to know in order to resume it,
 * and how it tells the server what has arrived. In memory only, because whoever has the secret can take the session over.
 */
export class Session {
  wasOpen = false;

  #clock;
  #confirm;
  #cid = "";
  #owner = "";
  #secret = "";
  /** How many frames of the session have arrived. */
  #received = 0;
  /** What of them the server has not been told. */
  #frames = 0;
  #bytes = 0;
  #toldAt = -Infinity;
  /** @type {any} */
  #timer;
  /** Why it is not resumed, if the server has no word of it. */
  #reason = "unsupported";

  /**
   * @param {Clock} clock
   * @param {(received: number) => void} confirm tells the server how many frames have arrived
   */
  constructor(clock, confirm) {
    this.#clock = clock;
    this.#confirm = confirm;
  }

  /** Whether the server may have kept it, now that its socket is lost. */
  get isResumable() {
    return this.#secret !== "";
  }

  /**
   * What the connect frame says of it.
   *
   * @param {string} owner whose login the new socket has
   * @returns {Resume}
   */
  wish(owner) {
    if (this.isResumable && owner !== this.#owner) {
      this.forget();
      this.#reason = "changed";
    }
    return this.isResumable ? { cid: this.#cid, secret: this.#secret, received: this.#received } : true;
  }

  /**
   * The server has accepted a socket.
   *
   * @param {Record<string, any>} frame
   * @param {string} owner
   * @returns {OpenEvent}
   */
  opened({ cid, resume, recovered, reason = this.#reason }, owner) {
    const isFirst = !this.wasOpen;
    const isSame = recovered === true && this.isResumable;
    this.wasOpen = true;
    this.#cid = cid;
    this.#owner = owner;
    this.#reason = "unsupported";
    if (isSame) {
      return { cid, recovered: true };
    }
    this.#secret = resume?.secret ?? "";
    this.#received = this.#frames = this.#bytes = 0;
    return isFirst ? { cid } : { cid, recovered: false, reason };
  }

  /**
   * A frame has arrived. It is confirmed when enough has.
   *
   * @param {Record<string, any>} frame
   * @param {number} size in bytes
   */
  count({ type, event }, size) {
    if (UNCOUNTED.includes(type) || (type === "event" && event === "reconnect")) {
      return;
    }
    this.#received++;
    this.#frames++;
    this.#bytes += size;
    if (this.isResumable && this.#timer === undefined && (this.#frames >= FRAMES || this.#bytes >= BYTES)) {
      const wait = this.#toldAt + PAUSE - this.#clock.elapsed();
      if (wait > 0) {
        this.#timer = this.#clock.setTimeout(() => this.#confirm(this.#tell()), wait);
      } else {
        this.#confirm(this.#tell());
      }
    }
  }

  /** What a ping or pong that is sent anyway says of it: how many frames have arrived, unless that was said just now. */
  get received() {
    return this.isResumable && this.#clock.elapsed() >= this.#toldAt + PAUSE ? this.#tell() : undefined;
  }

  #tell() {
    this.pause();
    this.#frames = this.#bytes = 0;
    this.#toldAt = this.#clock.elapsed();
    return this.#received;
  }

  /** There is no socket to confirm over. */
  pause() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** It shall not be resumed. */
  forget() {
    this.pause();
    this.#secret = "";
  }
}
