import { decodeBase64, decodeUtf8 } from "./bytes.js";
import { LONGEST, received } from "./options.js";

/** @import {Clock, Token} from "./types.js" */
/** @import {LoginStore} from "./login.js" */

/** How long before its end a token is renewed, in milliseconds, if it lasts that long at all. */
const LEAD = 600_000;
/** No token is renewed sooner, so that an issuer whose tokens seem to have expired is not asked without end. */
const SOONEST = 5000;

/**
 * Renews the token before it expires, while there are connections that would end with it. It counts durations and compares no
 * clock with the server's: a device's clock may be wrong, and jump.
 */
export class Renewal {
  #clock;
  #login;
  #fetch;
  #own;
  /** @type {any} */
  #timer;
  #isOn = false;
  /** @type {Promise<void> | undefined} */
  #running;
  /** The token whose end is known, or was asked for. */
  #token;
  /** When it ends, in time that has elapsed. Of one that was stored before nobody knows how old it is. */
  #end = NaN;
  /** What time it was at the issuer when no time had elapsed: as the device says, until an issuer's duration says it better. */
  #epoch;
  /** Whether the token was stored before, and no renewal tried since. */
  #isOld = true;

  /**
   * @param {Clock} clock
   * @param {LoginStore} login
   * @param {() => Promise<Token>} fetch
   * @param {() => Promise<Token>} [own] of an issuer of the application's own, which also renews what has expired
   */
  constructor(clock, login, fetch, own) {
    this.#clock = clock;
    this.#login = login;
    this.#fetch = own ?? fetch;
    this.#own = own;
    this.#token = login.token;
    this.#epoch = clock.now() - clock.elapsed();
  }

  /** Plans the next renewal, if there shall be any. */
  plan(isOn = this.#isOn) {
    this.#isOn = isOn;
    this.#clock.clearTimeout(this.#timer);
    const { token } = this.#login;
    const now = this.#clock.elapsed();
    if (token !== this.#token) {
      this.#isOld = false;
      this.#know(token, lifeOf(this.#login, this.#epoch + now));
    }
    const left = this.#end - now;
    if (isOn && token && !(left <= 0)) {
      // What the server does not renew yet, or what fails, is tried again in half of the time that is left. Where that is
      // unknown, the server is asked soon, and then from time to time.
      const delay = left > 0 ? Math.max(left - Math.min(LEAD, left / 2), SOONEST) : this.#isOld ? SOONEST : LEAD;
      this.#at(now + Math.ceil(delay), token);
    }
  }

  /**
   * The server has said how long a token lives on.
   *
   * @param {string} token
   * @param {unknown} left in milliseconds
   */
  learn(token, left) {
    const known = received("lifetime", left);
    if (token && token === this.#login.token && known !== undefined) {
      this.#know(token, known);
      this.plan();
    }
  }

  /**
   * @param {string} token
   * @param {number} [left]
   */
  #know(token, left = NaN) {
    this.#token = token;
    this.#end = this.#clock.elapsed() + left;
    this.#epoch = this.#login.tokenExpired - this.#end || this.#epoch;
  }

  /**
   * @param {number} due
   * @param {string} token
   */
  #at(due, token) {
    const delay = Math.min(Math.max(0, due - this.#clock.elapsed()), LONGEST);
    this.#timer = this.#clock.setTimeout(() => {
      this.#login.look();
      if (this.#login.token !== token) {
        this.plan();
      } else if (this.#clock.elapsed() < due) {
        this.#at(due, token);
      } else {
        void this.#run(token);
      }
    }, delay);
  }

  /**
   * Renews a token that the server says has expired, which only an issuer of the application's own does.
   *
   * @param {string} token
   * @returns {Promise<boolean>} whether there is another one of the same user
   */
  async revive(token) {
    const { owner } = this.#login;
    if (this.#own && token && this.#login.token === token) {
      await this.#run(token);
    }
    return !!this.#own && this.#login.token !== token && this.#login.owner === owner;
  }

  /** @param {string} token */
  #run(token) {
    this.#running ??= this.#renew(token).finally(() => {
      this.#running = undefined;
      this.#isOld = false;
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
    } catch (e) {
      // The next try comes by itself; the server tells the connections when it is too late. Of the server's own renewal
      // nobody needs to know: it is as good as any other request while the network is away.
      if (this.#own) {
        console.error(e);
      }
    }
  }
}

/**
 * How long a token that is new lives, in milliseconds: as its issuer says, as it says itself, or else, of one that says
 * nothing, by the time that it is.
 *
 * @param {{token: string, tokenExpired: number, expiresIn?: unknown}} token
 * @param {number} now in milliseconds since 1970
 */
function lifeOf({ token, tokenExpired, expiresIn }, now) {
  const [, claims = ""] = token.split(".");
  let told = /** @type {any} */ (expiresIn) * 1000;
  try {
    const base64 = claims.replace(/-/g, "+").replace(/_/g, "/");
    const bytes = decodeBase64(base64 + "===".slice((base64.length + 3) % 4)) ?? new Uint8Array();
    const { exp, iat } = JSON.parse(decodeUtf8(bytes));
    told ||= (exp - iat) * 1000;
  } catch {
    // It is no JWT.
  }
  return received("lifetime", told || tokenExpired - now) || undefined;
}
