import { encodeUtf8, toJson } from "./bytes.js";
import { CloseCode, Code, LOST, isTokenCode } from "./codes.js";
import { deadline } from "./clock.js";
import { PROTOCOL, decode, encode } from "./codec.js";
import { fit } from "./ending.js";
import { VkError } from "./errors.js";
import { foreignAnswer } from "./http.js";
import { secured } from "./secure.js";

/** @import {PlatformSocket} from "./types.js" */
/** @import {AttemptHandlers, Environment, Loss, OutgoingFrame, Request} from "./internal.js" */

/** How long an attempt may take until the connection is accepted, in milliseconds. */
const PATIENCE = 20_000;
/** What is worth another attempt after a while; other refusals would be the same again. */
export const PASSING = [Code.TOO_MANY, Code.INTERNAL, Code.TIMEOUT, Code.UNAVAILABLE, 504];

/**
 * One attempt to connect, and the socket that came of it. It is one generation of its connection: after `lost`, or after
 * it was dropped, nothing more is heard of it, whatever its socket still does.
 */
export class Attempt {
  /** The token that the server knows of. */
  token = "";
  /** Whose it was. */
  owner = "";

  #env;
  #request;
  #handlers;
  /** @type {PlatformSocket | undefined} */
  #socket;
  /** An end to the patience. */
  accepted = () => {};
  #isLive = true;

  /**
   * @param {Environment} env
   * @param {Request} request
   * @param {AttemptHandlers} handlers
   */
  constructor(env, request, handlers) {
    this.#env = env;
    this.#request = request;
    this.#handlers = handlers;
  }

  async start() {
    this.accepted = deadline(this.#env.clock, PATIENCE, () => {
      this.#lose({ code: CloseCode.CONNECT_TIMEOUT, reason: "no connection in time", wasClean: false });
    });
    try {
      const open = this.#request.encrypt
        ? await secured(this.#env, this.#request)
        : this.#env.platform.openSocket;
      // Meanwhile somebody else may have logged in, whose connection this is not.
      this.#env.login.look();
      ({ token: this.token, owner: this.owner } = this.#env.login);
      if (!this.#isLive) {
        return;
      }
      const address = this.#request.address ?? (await this.#ticket());
      if (this.#isLive) {
        this.#open(address, open);
      }
    } catch (e) {
      this.#lose(refusal(e));
    }
  }

  /** @param {OutgoingFrame} frame */
  send(frame) {
    this.write(frame.type, encode(frame));
  }

  /**
   * @param {string} type
   * @param {Uint8Array} bytes an encoded frame
   */
  write(type, bytes) {
    if (!this.#isLive) {
      return;
    }
    try {
      this.#socket?.send(bytes);
    } catch (e) {
      return this.#lose({ code: LOST, reason: String(e), wasClean: false });
    }
    // Not sooner: who listens may send something that has to come behind it.
    this.#handlers.wrote(type, bytes);
  }

  /**
   * Gives the socket up, and hears nothing more of it.
   *
   * @param {number} code
   * @param {string} reason
   */
  drop(code, reason) {
    this.#isLive = false;
    this.accepted();
    try {
      // Platforms let applications close with these codes only.
      this.#socket?.close(code === 1000 || code >= 3000 ? code : CloseCode.NORMAL, fit(reason));
    } catch {
      // It is closed already, or was never open.
    }
  }

  /** @returns {Promise<string>} */
  async #ticket(mayRevive = true) {
    const { url, channel, encrypt } = this.#request;
    const { http, login, renewal } = this.#env;
    const { token } = this;
    let answer;
    try {
      answer = await http.post("connect", { url, channel, encrypt, protocol: PROTOCOL }, { token });
    } catch (e) {
      // Whether it has expired, as after a long sleep, is for the server to say: clocks differ, and jump.
      if (mayRevive && e instanceof VkError && e.code === Code.TOKEN_EXPIRED && (await renewal.revive(token))) {
        this.token = login.token;
        return this.#ticket(false);
      }
      throw e;
    }
    if (!/^wss?:/.test(answer.url)) {
      throw foreignAnswer(200);
    }
    renewal.learn(token, answer.tokenExpiresIn);
    return answer.url;
  }

  /**
   * @param {string} address
   * @param {import("./types.js").Platform["openSocket"]} open
   */
  #open(address, open) {
    this.#socket = open.call(this.#env.platform, address, PROTOCOL, {
      open: () => {
        if (this.#isLive) {
          const { address: signed, data } = this.#request;
          // A signed address brings the login of whoever made it, and is good for one connection.
          const own = signed ? {} : { resume: this.#handlers.resume(this.owner), token: this.token || undefined };
          this.send({ type: "connect", batch: true, requests: true, ...own, data });
          this.#handlers.socketOpen();
        }
      },
      message: (message) => this.#receive(message),
      close: (event) => this.#lose(event),
      // Some platforms tell no close after an error.
      error: (reason) => this.#lose({ code: LOST, reason, wasClean: false }),
    });
  }

  /** @param {string | Uint8Array} message */
  #receive(message) {
    if (!this.#isLive) {
      return;
    }
    let frames;
    try {
      frames = decode(message);
    } catch (e) {
      return this.#lose({ code: CloseCode.PROTOCOL_ERROR, reason: `a malformed frame: ${e}`, wasClean: false });
    }
    const size = (typeof message === "string" ? encodeUtf8(message) : message).length / frames.length;
    for (const frame of frames) {
      // One of them may have ended it.
      if (this.#isLive) {
        this.#handlers.frame(frame, () => (frames.length === 1 ? message : toJson(frame)), size);
      }
    }
  }

  /** @param {Loss} loss */
  #lose(loss) {
    if (this.#isLive) {
      this.#isLive = false;
      this.#handlers.lost(loss);
    }
  }
}

/**
 * What the refusal of an address means for the connection.
 *
 * @param {unknown} e
 * @returns {Loss}
 */
function refusal(e) {
  const err = e instanceof VkError ? e : new VkError(Code.FAIL, String(e));
  const { code, msg, requestId, httpStatus, retryAfter, answer } = err;
  // Nothing, or a page of somebody else's: the server is away, whatever that page says, as a 404 while it is redeployed.
  const isAway = httpStatus !== undefined && !answer;
  const isPassing = isAway || PASSING.includes(code);
  return {
    code: isPassing ? LOST : isTokenCode(code) ? CloseCode.INVALID_TOKEN : CloseCode.REFUSED,
    reason: msg,
    wasClean: false,
    err: { code, msg, requestId },
    retryAfter,
  };
}
