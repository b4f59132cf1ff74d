/** @import {Clock, Token} from "./types.js" */
/** @import {LoginStore} from "./login.js" */

/** How long before its end a token is renewed, in milliseconds, if it lasts that long at all. */
const LEAD = 600_000;
const SOONEST = 1000;
/** What a timer can take. */
const LONGEST = 2 ** 31 - 1;

/** Renews the token before it expires, while there are connections that would end with it. */
export class Renewal {
  #clock;
  #login;
  #fetch;
  /** @type {any} */
  #timer;
  #isOn = false;
  /** @type {Promise<void> | undefined} */
  #running;

  /**
   * @param {Clock} clock
   * @param {LoginStore} login
   * @param {() => Promise<Token>} fetch
   */
  constructor(clock, login, fetch) {
    this.#clock = clock;
    this.#login = login;
    this.#fetch = fetch;
  }

  /** Plans the next renewal, if there shall be any. */
  plan(isOn = this.#isOn) {
    this.#isOn = isOn;
    this.#clock.clearTimeout(this.#timer);
    const { token, tokenExpired } = this.#login;
    const left = tokenExpired - this.#clock.now();
    if (isOn && token && left > 0) {
      // What the server does not renew yet, or what fails, is tried again in half of the time that is left.
      const due = tokenExpired - Math.min(LEAD, left / 2);
      this.#at(Math.max(due, this.#clock.now() + SOONEST), token);
    }
  }

  /**
   * @param {number} due
   * @param {string} token
   */
  #at(due, token) {
    const delay = Math.min(due - this.#clock.now(), LONGEST);
    this.#timer = this.#clock.setTimeout(() => {
      this.#login.look();
      if (this.#login.token !== token) {
        this.plan();
      } else if (this.#clock.now() < due) {
        this.#at(due, token);
      } else {
        void this.#run(token);
      }
    }, delay);
  }

  /** Renews a token that has expired already, as after a long sleep; without one it does nothing. */
  async revive() {
    const { token, tokenExpired } = this.#login;
    if (token && tokenExpired && tokenExpired <= this.#clock.now()) {
      await this.#run(token);
    }
  }

  /** @param {string} token */
  #run(token) {
    this.#running ??= this.#renew(token).finally(() => {
      this.#running = undefined;
      this.plan();
    });
    return this.#running;
  }

  /** @param {string} token */
  async #renew(token) {
    try {
      const renewed = await this.#fetch();
      // Whoever has logged in or out meanwhile keeps it that way.
      if (this.#login.token === token) {
        this.#login.renew(renewed);
      }
    } catch {
      // The next try comes by itself; the server tells the connections when it is too late.
    }
  }
}
