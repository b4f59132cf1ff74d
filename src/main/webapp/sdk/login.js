import { badRequest } from "./errors.js";
import { resilient } from "./storage.js";

/** @import {Login, Platform, Token} from "./types.js" */
/** @import {Listeners} from "./listeners.js" */

/**
 * Who is logged in, kept in the platform's storage, where other pages of the same site see it too, and change it. Tells
 * `login`, `logout` and `renewed`: what is different from what this page has told before.
 */
export class LoginStore {
  #storage;
  #prefix;
  #listeners;
  #told;

  /**
   * @param {Platform["storage"]} storage
   * @param {string} prefix
   * @param {Listeners} listeners
   */
  constructor(storage, prefix, listeners) {
    this.#storage = resilient(storage);
    this.#prefix = prefix;
    this.#listeners = listeners;
    const { token, owner, uid } = this;
    this.#told = { token, owner, uid };
  }

  /** @returns {string} */
  get token() {
    return this.#read("token").token ?? "";
  }

  /** @returns {number} */
  get tokenExpired() {
    return this.#read("token").tokenExpired ?? 0;
  }

  /** @returns {unknown} */
  get expiresIn() {
    return this.#read("token").expiresIn;
  }

  /** @returns {Record<string, any>} */
  get userInfo() {
    return this.#read("user");
  }

  /** @returns {string} */
  get uid() {
    return this.token ? (this.userInfo._id ?? "") : "";
  }

  /**
   * Tells one user from another, and a login from none, which is empty: the user's id or, where nobody has said it, the
   * first token of the login.
   *
   * @returns {string}
   */
  get owner() {
    const { token = "", owner = this.uid || token } = this.#read("token");
    return token && owner;
  }

  get isLoggedIn() {
    return this.token !== "";
  }

  /**
   * Takes over a login. Without a user nobody knows whose it is, and the user of the one before is forgotten.
   *
   * @param {Token & {userInfo?: Record<string, any>}} login
   */
  set({ token, tokenExpired, expiresIn, userInfo }) {
    const { token: last, uid, owner } = this;
    const id = userInfo?._id;
    const isSame = token === last || (uid && uid === id);
    if (userInfo || !isSame) {
      this.describe(userInfo ?? {});
    }
    // Last, because other pages look at the token.
    this.#write("token", { token, tokenExpired, expiresIn, owner: isSame ? owner : (id ?? token) });
    this.look();
  }

  /**
   * Takes over another token of the same user.
   *
   * @param {Token} renewed
   */
  renew(renewed) {
    if (!isToken(renewed)) {
      throw badRequest("a renewed token is {token, tokenExpired}");
    }
    const { token, tokenExpired, expiresIn } = renewed;
    this.#write("token", { token, tokenExpired, expiresIn, owner: this.owner || token });
    this.look();
  }

  /** @param {Record<string, any>} userInfo what there is to know of who is logged in */
  describe(userInfo) {
    this.#write("user", userInfo);
    this.#told.uid = this.uid;
  }

  /**
   * Tells of a token that is new here, also when another page of the same site has brought it. Not that one is gone: the
   * server tells the connections that had it.
   */
  look() {
    const { token, owner, uid, tokenExpired } = this;
    const { token: toldToken, owner: toldOwner } = this.#told;
    if (!token || token === toldToken) {
      return;
    }
    this.#told = { token, owner, uid };
    if (owner === toldOwner) {
      this.#listeners.emit("renewed", { uid, tokenExpired });
    } else {
      this.#listeners.emit("login", { uid });
    }
  }

  forget() {
    const { token, uid } = this.#told;
    this.#storage.remove(`${this.#prefix}token`);
    this.#storage.remove(`${this.#prefix}user`);
    this.#told = { token: "", owner: "", uid: "" };
    if (token) {
      this.#listeners.emit("logout", { uid });
    }
  }

  /**
   * The name of this device: random, kept, no credential. Where there is no source of good randomness, any will do.
   *
   * @param {() => number} random
   * @returns {string}
   */
  deviceId(random) {
    let { id } = this.#read("device");
    if (!id) {
      const words = new Uint32Array(4);
      // Mini programs have no crypto.
      if (typeof crypto === "object") {
        crypto.getRandomValues(words);
      } else {
        words.forEach((_, i) => (words[i] = random() * 2 ** 32));
      }
      id = [...words].map((word) => word.toString(16).padStart(8, "0")).join("");
      this.#write("device", { id });
    }
    return id;
  }

  /**
   * @param {string} name
   * @returns {any}
   */
  #read(name) {
    try {
      return JSON.parse(this.#storage.get(this.#prefix + name) || "{}") ?? {};
    } catch {
      return {};
    }
  }

  /**
   * @param {string} name
   * @param {object} value
   */
  #write(name, value) {
    this.#storage.set(this.#prefix + name, JSON.stringify(value));
  }
}

/**
 * @param {any} value
 * @returns {value is Token}
 */
export function isToken(value) {
  return typeof value?.token === "string" && value.token !== "" && typeof value.tokenExpired === "number";
}

/**
 * What the application sees of it, which works through the proxies of view libraries as a connection does.
 *
 * @param {LoginStore} store
 * @returns {Login}
 */
export function loginOf(store) {
  return Object.freeze({
    get token() {
      return store.token;
    },
    get tokenExpired() {
      return store.tokenExpired;
    },
    get uid() {
      return store.uid;
    },
    get userInfo() {
      return store.userInfo;
    },
    get isLoggedIn() {
      return store.isLoggedIn;
    },
    set: (/** @type {Parameters<Login["set"]>[0]} */ login) => store.set(login),
  });
}
