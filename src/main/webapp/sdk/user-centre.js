import { report } from "./listeners.js";

/** @import {Answer, UserCentreOptions} from "./types.js" */
/** @import {Functions} from "./functions.js" */
/** @import {Http} from "./http.js" */
/** @import {LoginStore} from "./login.js" */
/** @import {Ui} from "./ui.js" */

/** How long the server may take to hear of a logout, in milliseconds. */
const LOGOUT_PATIENCE = 5000;

/**
 * Logs in and out.
 *
 * @param {Functions} functions
 * @param {Http} http
 * @param {LoginStore} login
 * @param {Ui} ui
 */
export function userCentre(functions, http, login, ui) {
  return Object.freeze({
    login: (/** @type {UserCentreOptions} */ options) => functions.call({ ...options, url: "user/pub/login" }),
    register: (/** @type {UserCentreOptions} */ options) => functions.call({ ...options, url: "user/pub/register" }),
    logout(/** @type {UserCentreOptions} */ options = {}) {
      const outcome = logout(options.title);
      report(outcome, options);
      return outcome;
    },
  });

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
