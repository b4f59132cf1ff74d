import { report } from "./listeners.js";
import { isToken } from "./login.js";

/** @import {Answer, UserCentreOptions} from "./types.js" */
/** @import {Functions} from "./functions.js" */
/** @import {Http} from "./http.js" */
/** @import {LoginStore} from "./login.js" */
/** @import {Ui} from "./ui.js" */

/** How long the server may take to hear of a logout, in milliseconds. */
const LOGOUT_PATIENCE = 5000;

/**
 * @param {string} url
 * @param {UserCentreOptions} options
 * @returns {any} what is no object stays as it is, to be refused
 */
function at(url, options) {
  return Object.prototype.toString.call(options) === "[object Object]" ? { ...options, url } : options;
}

/** Whether an answer logs in. @param {Answer} answer */
const isLogin = ({ vk_uni_token: token }) => isToken(token);

/**
 * Logs in and out.
 *
 * @param {Functions} functions
 * @param {Http} http
 * @param {LoginStore} login
 * @param {Ui} ui
 */
export function userCentre(functions, http, login, ui) {
  return {
    login: (/** @type {UserCentreOptions} */ options) => functions.call(at("user/pub/login", options), isLogin),
    register: (/** @type {UserCentreOptions} */ options) => functions.call(at("user/pub/register", options), isLogin),
    logout(/** @type {UserCentreOptions} */ options = {}) {
      const outcome = logout(options.title);
      report(outcome, options);
      return outcome;
    },
  };

  /**
   * @param {string} [title]
   * @returns {Promise<Answer>}
   */
  async function logout(title) {
    const { token } = login;
    const unmask = title ? ui.showLoading(title) : undefined;
    login.forget();
    try {
      return token
        ? await http.post("http/router/user/pub/logout", {}, { token, timeout: LOGOUT_PATIENCE })
        : { code: 0, msg: "" };
    } catch {
      // Here the login is over. On the server it ends with the token, if it has not already.
      return { code: 0, msg: "" };
    } finally {
      unmask?.();
    }
  }
}
