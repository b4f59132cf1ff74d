/**
 * The client of Cloud Objects: connections to cloud objects, calls of their methods, and the user centre.
 *
 * @module
 */
import { systemClock } from "./clock.js";
import { Functions } from "./functions.js";
import { Http } from "./http.js";
import { Listeners } from "./listeners.js";
import { LoginStore, loginOf } from "./login.js";
import { badRequest } from "./errors.js";
import { detect } from "./platforms/detect.js";
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
/** @typedef {import("./types.js").CloudSocket} CloudSocket */
/** @typedef {import("./types.js").VkMessage} VkMessage */
/** @typedef {import("./types.js").Platform} Platform */

/** The version of the SDK. */
export const version = "0.1.0";

/**
 * Makes a client. One is enough for a page: its connections are shared by all who use it.
 *
 * @param {VkOptions} [options]
 * @returns {Vk}
 */
export function createVk(options = {}) {
  const { clock = systemClock, random = Math.random, platform = detect(), appid } = options;
  const baseUrl = options.baseUrl ?? platform.baseUrl;
  if (!baseUrl) {
    throw badRequest("baseUrl is missing: it says where the application is");
  }
  const listeners = new Listeners();
  const login = new LoginStore(platform.storage, options.storagePrefix ?? "cloudobjects.", listeners);
  const http = new Http(platform, login, baseUrl, {
    "vk-appid": appid,
    "vk-platform": platform.name,
    "vk-os": platform.os,
    "vk-locale": options.locale ?? platform.locale,
    "vk-device-id": login.deviceId(random),
  });
  const ui = new Ui(platform.ui);
  const functions = new Functions(http, login, ui, (error) => {
    if (options.onInvalidToken) {
      options.onInvalidToken(error);
    } else {
      navigateToLogin();
    }
  });
  const pool = new Pool(
    {
      platform,
      clock,
      random,
      http,
      login,
      revive: options.refreshToken && (() => renewal.revive()),
      appid,
      reconnect: { minDelay: 1000, maxDelay: 30_000, maxAttempts: Infinity, ...options.reconnect },
      queue: { messages: 1000, bytes: 1_048_576, ...options.queue },
      heartbeat: { interval: 25_000, timeout: 10_000, ...options.heartbeat },
      conditions: { isOnline: true, isVisible: true },
      encryption: options.encryption ?? (() => import("./encryption.js")),
      encryptionKeys: options.encryptionKeys,
    },
    ui,
    () => renewal.plan(!pool.isEmpty),
  );
  const renewal = new Renewal(
    clock,
    login,
    options.refreshToken ??
      (async () => {
        const { vk_uni_token: renewed } = await http.post("http/router/user/kh/renew", {});
        return renewed;
      }),
  );
  /** @type {(() => void)[]} */
  const masks = [];

  listeners.add("login", () => {
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

  /** @param {{redirectUrl?: string}} [where] */
  function navigateToLogin({ redirectUrl = platform.ui.currentPage().fullPath } = {}) {
    if (options.navigateToLogin) {
      options.navigateToLogin({ redirectUrl });
    } else if (options.loginUrl) {
      const joint = options.loginUrl.includes("?") ? "&" : "?";
      platform.ui.navigate(`${options.loginUrl}${joint}redirectUrl=${encodeURIComponent(redirectUrl)}`);
    }
  }

  return Object.freeze({
    connectWebSocket: (/** @type {import("./types.js").ConnectOptions} */ wish) => pool.connect(wish),
    callFunction: (/** @type {import("./types.js").CallOptions} */ call) => functions.call(call),
    userCenter: userCentre(functions, http, login, ui),
    login: loginOf(login),
    on: (/** @type {string} */ name, /** @type {any} */ listener) => listeners.add(name, listener),
    toast: (/** @type {string} */ text, /** @type {string} */ icon) => ui.toast(text, icon),
    showLoading: (title = "") => void masks.push(ui.showLoading(title)),
    hideLoading: () => masks.pop()?.(),
    navigateToLogin,
    getVuex: (/** @type {string} */ path) =>
      getData({ $user: { userInfo: login.userInfo, token: login.token, uid: login.uid } }, path),
    pubfn: Object.freeze({ getData, getCurrentPage: () => platform.ui.currentPage() }),
    sockets: () => pool.sockets(),
    close() {
      pool.close("closed");
      renewal.plan(false);
    },
  });
}
