import { toPlain } from "./bytes.js";
import { Code, isTokenCode } from "./codes.js";
import { VkError, badRequest, requireOptions } from "./errors.js";
import { foreignAnswer } from "./http.js";
import { report, run } from "./listeners.js";
import { isToken } from "./login.js";
import { option } from "./options.js";

/** @import {Answer, CallOptions} from "./types.js" */
/** @import {Http} from "./http.js" */
/** @import {LoginStore} from "./login.js" */
/** @import {Ui} from "./ui.js" */

/** Calls methods of cloud objects over HTTP. */
export class Functions {
  #http;
  #login;
  #ui;
  #onInvalidToken;
  /** How often `onInvalidToken` was called. */
  #rounds = 0;

  /**
   * @param {Http} http
   * @param {LoginStore} login
   * @param {Ui} ui
   * @param {(error: VkError) => void} onInvalidToken
   */
  constructor(http, login, ui, onInvalidToken) {
    this.#http = http;
    this.#login = login;
    this.#ui = ui;
    this.#onInvalidToken = onInvalidToken;
  }

  /**
   * @template {object} [Members=Record<string, any>]
   * @param {CallOptions<Members>} options
   * @param {(answer: Answer) => boolean} [isOurs] whether a success can be the server's
   * @returns {Promise<Answer<Members>>}
   */
  call(options, isOurs) {
    const outcome = /** @type {Promise<Answer<any>>} */ (this.#call(options, isOurs));
    if (options?.success || options?.fail || options?.complete) {
      report(outcome, options);
    }
    return outcome;
  }

  /**
   * @param {CallOptions<any>} options
   * @param {(answer: Answer) => boolean} [isOurs]
   */
  async #call(options, isOurs) {
    requireOptions(options, 'callFunction({ url: "path.method", data: … })');
    const { url, title, data = {}, fail, needAlert = !fail, needToken = !isPublic(url) } = options;
    if (typeof url !== "string" || !url) {
      throw badRequest("url is missing: it names the method to call");
    }
    const timeout = option("callFunction.timeout", options.timeout);
    const body = toPlain(data, "data");
    const unmask = title ? this.#ui.showLoading(title) : undefined;
    const round = this.#rounds;
    try {
      const { token } = this.#login;
      if (needToken && !token) {
        // Behind those that are made at the same time.
        await undefined;
        throw new VkError(Code.TOKEN_INVALID, "the token is missing: log in");
      }
      const answer = await this.#http.post(`http/router/${url}`, body, { token, timeout });
      if (isOurs?.(answer) === false) {
        throw foreignAnswer(200);
      }
      this.#keep(answer, token);
      return answer;
    } catch (e) {
      const error = /** @type {VkError} */ (e);
      // Ahead of the toast, which WeChat hides with the mask.
      unmask?.();
      // Once for all calls that were under way: one login is enough.
      if (isTokenCode(error.code) && round === this.#rounds) {
        this.#rounds++;
        run(this.#onInvalidToken, error);
      }
      if (needAlert) {
        this.#ui.toast(error.msg ?? String(e));
      }
      throw e;
    } finally {
      unmask?.();
    }
  }

  /**
   * Keeps the token and the user that an answer brings.
   *
   * @param {Answer} answer
   * @param {string} token with which it was asked for
   */
  #keep({ vk_uni_token: renewed, needUpdateUserInfo, userInfo }, token) {
    const user = needUpdateUserInfo ? userInfo : undefined;
    if (isToken(renewed) && user) {
      this.#login.set({ ...renewed, userInfo: user });
    } else if (token === this.#login.token) {
      // An answer that comes after a logout or another login must not bring the old one back.
      if (isToken(renewed)) {
        this.#login.renew(renewed);
      } else if (user) {
        this.#login.describe(user);
      }
    }
  }
}

/**
 * Whether the names in a url say that no login is needed. The server may know better: an annotation outweighs names.
 *
 * @param {string} url
 */
function isPublic(url) {
  const [object = "", ...folders] = String(url).split("/").reverse();
  return folders.includes("pub") || /^pub([._]|$)/.test(object) || /\.pub_[^.]*$/.test(object);
}
