/** @import {Platform, Token} from "./types.js" */
/** @import {Listeners} from "./listeners.js" */

/**
 * Who is logged in, kept in the platform's storage, where other pages of the same site see it too. Tells `login`,
 * `logout` and `renewed`.
 */
export class LoginStore {
  #storage;
  #prefix;
  #listeners;
  #seen;

  /**
   * @param {Platform["storage"]} storage
   * @param {string} prefix
   * @param {Listeners} listeners
   */
  constructor(storage, prefix, listeners) {
    this.#storage = storage;
    this.#prefix = prefix;
    this.#listeners = listeners;
    this.#seen = this.token;
  }

  /** @returns {string} */
  get token() {
    return this.#read("token").token ?? "";
  }

  /** @returns {number} */
  get tokenExpired() {
    return this.#read("token").tokenExpired ?? 0;
  }

  /** @returns {Record<string, any>} */
  get userInfo() {
    return this.#read("user");
  }

  /** @returns {string} */
  get uid() {
    return this.token ? (this.userInfo._id ?? "") : "";
  }

  get isLoggedIn() {
    return this.token !== "";
  }

  /**
   * Takes over a token, and with it a user when there is one.
   *
   * @param {Token & {userInfo?: Record<string, any>}} login
   */
  set({ token, tokenExpired, userInfo }) {
    const { uid: before } = this;
    this.#write("token", { token, tokenExpired });
    if (userInfo) {
      this.#write("user", userInfo);
    }
    const { uid } = this;
    if (uid !== before) {
      this.#seen = token;
      this.#listeners.emit("login", { uid });
    } else {
      this.look();
    }
  }

  /** Notices a token that another page of the same site has renewed. */
  look() {
    const { token, uid, tokenExpired } = this;
    if (token !== this.#seen) {
      this.#seen = token;
      this.#listeners.emit("renewed", { uid, tokenExpired });
    }
  }

  forget() {
    const { uid, isLoggedIn } = this;
    this.#storage.remove(`${this.#prefix}token`);
    this.#storage.remove(`${this.#prefix}user`);
    this.#seen = "";
    if (isLoggedIn) {
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
