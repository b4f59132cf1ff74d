import { systemClock } from "../clock.js";
import { retryAfter } from "../options.js";

/** @import {Platform} from "../types.js" */

/** How long a refused socket's callback may take, in milliseconds. */
const CALLBACK_PATIENCE = 1000;

/**
 * Whether an object has what the SDK can't do without.
 *
 * @param {any} api
 */
export function canConnect(api) {
  const needed = ["connectSocket", "request", "getStorageSync", "setStorageSync", "removeStorageSync"];
  return !!api && needed.every((name) => typeof api[name] === "function");
}

/**
 * What uni-app and WeChat have in common: the same calls, on `uni` or `wx`.
 *
 * @param {any} api
 * @param {string} name
 * @param {object} [socketOptions]
 * @returns {Platform}
 */
export function miniPlatform(api, name, socketOptions) {
  const device = (api.getDeviceInfo ?? api.getSystemInfoSync)?.() ?? {};
  const { language } = (api.getAppBaseInfo ?? api.getSystemInfoSync)?.() ?? {};
  return {
    name,
    os: device.osName ?? device.platform,
    locale: language,
    openSocket(url, protocol, handlers) {
      const fail = (/** @type {any} */ e) => handlers.error(e?.errMsg ?? "the socket failed");
      const refused = (/** @type {any} */ e) => {
        const why = String(e?.errMsg ?? e);
        const isLimit = /exceed|max|limit|最多/i.test(why);
        handlers.error(isLimit ? `too many sockets are open (WeChat allows five): ${why}` : why);
      };
      // With a callback it returns the task; without one, uni would return a promise.
      const task = api.connectSocket({ ...socketOptions, url, protocols: [protocol], fail: refused });
      if (!task) {
        // The callback says why, now or later. Some versions of WeChat say it on the console only.
        systemClock.setTimeout(() => refused({ errMsg: "no socket was given, as when the limit is reached" }), CALLBACK_PATIENCE);
        return { send() {}, close() {} };
      }
      /** @type {object | undefined} */
      let closing;
      // Before it is open, a close has no effect.
      task.onOpen(() => (closing ? task.close(closing) : handlers.open()));
      task.onMessage((/** @type {any} */ { data }) =>
        handlers.message(typeof data === "string" ? data : new Uint8Array(data)),
      );
      task.onClose((/** @type {any} */ { code = 1006, reason = "" } = {}) =>
        handlers.close({ code, reason, wasClean: code !== 1006 }),
      );
      task.onError(fail);
      return {
        // The bytes alone: they may be a part of a larger buffer.
        send: (bytes) => task.send({ data: bytes.slice().buffer, fail }),
        close(code, reason) {
          closing = { code, reason };
          task.close(closing);
        },
      };
    },
    request: ({ url, headers, body, timeout }) =>
      new Promise((resolve, reject) => {
        const answered = (/** @type {any} */ { status, statusCode = status, data: text = "", header }) =>
          resolve({
            status: statusCode,
            text,
            retryAfter: retryAfter(
              header?.["Retry-After"] ?? header?.["retry-after"],
              Date.parse(header?.Date ?? header?.date) || Date.now(),
            ),
          });
        api.request({
          url,
          method: "POST",
          header: headers,
          data: body,
          timeout,
          // Anything but json: the SDK reads it itself.
          dataType: "text",
          responseType: "text",
          success: answered,
          // Alipay fails with what the server refuses.
          fail: (/** @type {any} */ e) => ((e.statusCode ?? e.status) ? answered(e) : reject(new Error(e.errMsg))),
        });
      }),
    storage: {
      get: (key) => api.getStorageSync(key),
      set: (key, value) => api.setStorageSync(key, value),
      remove: (key) => api.removeStorageSync(key),
    },
    watch(listener) {
      const network = (/** @type {any} */ { isConnected }) => listener(isConnected ? "online" : "offline");
      const show = () => listener("visible");
      const hide = () => listener("hidden");
      api.onNetworkStatusChange?.(network);
      api.onAppShow?.(show);
      api.onAppHide?.(hide);
      return () => {
        api.offNetworkStatusChange?.(network);
        api.offAppShow?.(show);
        api.offAppHide?.(hide);
      };
    },
    ui: {
      mask: (title) => (title === null ? api.hideLoading() : api.showLoading({ title, mask: true })),
      toast: (title, icon = "none") => api.showToast({ title, icon }),
      navigate: (url) => api.navigateTo({ url }),
      currentPage() {
        // By name, as uni and wx are found.
        const pages = typeof getCurrentPages === "function" ? getCurrentPages() : [];
        const { route = "", options = {}, $page } = pages[pages.length - 1] ?? {};
        const query = Object.entries(options).map(([key, value]) => `${key}=${value}`);
        return { route, options, fullPath: $page?.fullPath ?? `/${route}${query.length ? `?${query.join("&")}` : ""}` };
      },
    },
  };
}
