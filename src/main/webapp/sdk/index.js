/**
 * The client of Cloud Objects: connections to cloud objects, calls of their methods, and the user centre.
 *
 * @module
 */
import { systemClock } from "./clock.js";
import * as webEncryption from "./encryption.js";
import { Functions } from "./functions.js";
import { Http } from "./http.js";
import { Listeners, run } from "./listeners.js";
import { LoginStore, loginOf } from "./login.js";
import { badRequest } from "./errors.js";
import { options as numbers } from "./options.js";
import { detect } from "./platforms/detect.js";
import { hangOnUni } from "./platforms/uni-members.js";
import { Pool } from "./pool.js";
import { getData } from "./pubfn.js";
import { Renewal } from "./renewal.js";
import { Ui } from "./ui.js";
import { userCentre } from "./user-centre.js";

export { CloseCode, Code, mayReconnect } from "./codes.js";
export { VkError } from "./errors.js";
export { browserPlatform } from "./platforms/browser.js";
export { nodePlatform } from "./platforms/node.js";
export { uniPlatform } from "./platforms/uni.js";
export { wxPlatform } from "./platforms/wx.js";

/** @typedef {import("./types.js").Vk} Vk */
/** @typedef {import("./types.js").VkOptions} VkOptions */
/**
 * @template [ToServer=unknown] what is sent
 * @template [FromServer=any] what is received
 * @typedef {import("./types.js").CloudSocket<ToServer, FromServer>} CloudSocket
 */
/** @typedef {import("./types.js").VkMessage} VkMessage */
/** @typedef {import("./types.js").Platform} Platform */

/** The version of the SDK. */
export const version = "0.1.0";

/** How long it takes until another page is there, in milliseconds. */
const NAVIGATION_TIME = 1000;

/**
 * Makes a client. One is enough for a page: its connections are shared by all who use it.
 *
 * @param {VkOptions} [options]
 * @returns {Vk}
 */
export function createVk(options = {}) {
  const { clock = systemClock, random = Math.random, platform = detect() } = options;
  const appid = options.appid ?? platform.appid;
  const baseUrl = options.baseUrl ?? platform.baseUrl;
  if (!baseUrl) {
    throw badRequest('baseUrl is missing: say where the application is, as in createVk({ baseUrl: "https://chat.example/" })');
  }
  const listeners = new Listeners();
  const login = new LoginStore(platform.storage, options.storagePrefix ?? "cloudobjects.", listeners);
  const http = new Http(platform, login, baseUrl, {
    "vk-appid": appid,
    "vk-platform": platform.name,
    "vk-os": platform.os,
    // Read for each request: users switch the language.
    get "vk-locale"() {
      return options.locale ?? platform.locale;
    },
    "vk-device-id": login.deviceId(random),
  });
  const ui = new Ui(platform.ui);
  const functions = new Functions(http, login, ui, (error) => {
    if (options.onInvalidToken) {
      run(options.onInvalidToken, error);
    } else {
      navigateToLogin();
    }
  });
  const renewal = new Renewal(
    clock,
    login,
    async () => {
      const { vk_uni_token: renewed } = await http.post("http/router/user/kh/renew", {});
      return renewed;
    },
    options.refreshToken,
  );
  const pool = new Pool(
    {
      platform,
      clock,
      random,
      http,
      login,
      renewal,
      shared: { attemptAt: -1 },
      appid,
      reconnect: numbers("reconnect", options.reconnect),
      queue: numbers("queue", options.queue),
      heartbeat: numbers("heartbeat", options.heartbeat),
      conditions: { isOnline: true, isVisible: true },
      encryption: loaderOf(options.encryption ?? webEncryption),
      encryptionKeys: options.encryptionKeys,
    },
    ui,
    () => renewal.plan(!pool.isEmpty),
  );
  /** @type {(() => void)[]} */
  const masks = [];
  /** When it last went to the login page. */
  let wentAt = -Infinity;

  listeners.add("login", () => {
    wentAt = -Infinity;
    pool.close("another user has logged in", (owner) => owner !== "" && owner !== login.owner);
    renewal.plan();
  });
  listeners.add("logout", () => {
    pool.close("logged out", (owner) => owner !== "");
    renewal.plan();
  });
  listeners.add("renewed", () => {
    pool.renewed();
    renewal.plan();
  });

  /**
   * Whether the login page is there, or on its way: each connection of a page may ask for it, one after another.
   *
   * @param {string} loginUrl
   */
  function isGoingToLogin(loginUrl) {
    const isThere = platform.ui.currentPage().fullPath.split("?")[0] === loginUrl.split("?")[0];
    return isThere || Math.abs(clock.now() - wentAt) < NAVIGATION_TIME;
  }

  /** @param {{redirectUrl?: string}} [where] */
  function navigateToLogin({ redirectUrl = platform.ui.currentPage().fullPath } = {}) {
    if (options.navigateToLogin) {
      run(options.navigateToLogin, { redirectUrl });
    } else if (options.loginUrl && !isGoingToLogin(options.loginUrl)) {
      wentAt = clock.now();
      const joint = options.loginUrl.includes("?") ? "&" : "?";
      run(() => platform.ui.navigate(`${options.loginUrl}${joint}redirectUrl=${encodeURIComponent(redirectUrl)}`));
    }
  }

  /** @type {Vk} */
  const vk = {
    connectWebSocket: (wish) => pool.connect(wish),
    callFunction: (call) => functions.call(call),
    userCenter: userCentre(functions, http, login, ui),
    login: loginOf(login),
    on: (/** @type {string} */ name, /** @type {any} */ listener) => listeners.add(name, listener),
    toast: (/** @type {string} */ text, /** @type {string} */ icon) => ui.toast(text, icon),
    showLoading: (title = "") => void masks.push(ui.showLoading(title)),
    hideLoading: () => masks.pop()?.(),
    navigateToLogin,
    getVuex: (/** @type {string} */ path) =>
      getData({ $user: { userInfo: login.userInfo, token: login.token, uid: login.uid } }, path),
    pubfn: { getData, getCurrentPage: () => platform.ui.currentPage() },
    sockets: () => pool.sockets(),
    close() {
      pool.close("closed");
      renewal.plan(false);
    },
    install(/** @type {any} */ app) {
      // An application of Vue 3, or the constructor of Vue 2.
      const members = app?.config?.globalProperties ?? app?.prototype;
      if (!members) {
        throw badRequest("install: an application of Vue is missing; call app.use(vk)");
      }
      members.vk = vk;
      hangOnUni(vk);
    },
  };
  return vk;
}

/**
 * @param {NonNullable<VkOptions["encryption"]>} encryption
 * @returns {() => Promise<import("./types.js").Encryption>}
 */
function loaderOf(encryption) {
  return async () => (typeof encryption === "function" ? encryption() : encryption);
}
