// The `wx` of WeChat, as its documentation and its error messages describe it. Sockets and requests are real; the network and the
// background are what the test says.
import { randomBytes } from "node:crypto";

const MAX_SOCKETS = 5;
const CONNECTING = "sendSocketMessage:fail:WebSocket is not connected";

/**
 * @param {{own: (value: any) => any, buffer: (bytes: Uint8Array) => ArrayBuffer, firstPage: string, open: (url: string) => void}} layer
 *   makes values of the logic layer, which has built-in objects of its own, and opens its pages
 */
export function weChat({ own, buffer, firstPage, open }) {
  const stored = new Map();
  const sockets = new Set();
  const events = { network: new Set(), show: new Set(), hide: new Set() };
  const seen = { toasts: [], masks: [], pages: [], requests: [], misuses: [] };
  let isOnline = true;
  let isSuspended = false;

  const later = (task) => void setTimeout(task);
  /** Answers as each call of wx does: later, by callbacks. */
  const answer = ({ success, fail, complete } = {}, name, why, result = {}) => {
    const told = own({ ...result, errMsg: why ? `${name}:fail ${why}` : `${name}:ok` });
    later(() => ((why ? fail : success)?.(told), complete?.(told)));
  };
  const unreachable = () =>
    isSuspended ? "interrupted" : isOnline ? undefined : "-2:net::ERR_INTERNET_DISCONNECTED";

  function connectSocket({ url, protocols, ...callbacks }) {
    const listeners = { open: [], message: [], close: [], error: [] };
    const tell = (name, value) => listeners[name].forEach((listener) => listener(value));
    const on = (name) => (listener) => void listeners[name].push(listener);
    const isRefused = sockets.size >= MAX_SOCKETS;
    // The spelling is WeChat's.
    answer(callbacks, isRefused ? "createSocketTask" : "connectSocket", isRefused && "exceed max cocurrent count");
    const line = isRefused || unreachable() ? undefined : new WebSocket(url, protocols);
    const socket = {
      isOpen: false,
      /** Nothing passes any more, and nobody is told. */
      cut() {
        socket.isOpen = false;
        if (line) {
          line.onopen = line.onmessage = line.onclose = line.onerror = null;
          line.close();
        }
      },
      end(code, reason) {
        if (sockets.delete(socket)) {
          socket.cut();
          tell("close", own({ code, reason }));
        }
      },
    };
    if (!isRefused) {
      sockets.add(socket);
    }
    if (line) {
      line.binaryType = "arraybuffer";
      line.onopen = () => {
        socket.isOpen = true;
        tell("open", own({ header: {}, profile: {} }));
      };
      line.onmessage = ({ data }) =>
        tell("message", { data: typeof data === "string" ? data : buffer(new Uint8Array(data)) });
      line.onerror = () => tell("error", own({ errMsg: "WebSocket connection failed" }));
      line.onclose = ({ code, reason }) => socket.end(code, reason);
    } else if (!isRefused) {
      later(() => (tell("error", own({ errMsg: unreachable() ?? "" })), socket.end(1006, "abnormal closure")));
    }
    return {
      onOpen: on("open"),
      onMessage: on("message"),
      onClose: on("close"),
      onError: on("error"),
      send({ data, ...callbacks }) {
        const isBuffer = Object.prototype.toString.call(data) === "[object ArrayBuffer]";
        if (!isBuffer && typeof data !== "string") {
          seen.misuses.push("sendSocketMessage: a message is a text or an ArrayBuffer");
        } else if (!socket.isOpen) {
          later(() => callbacks.fail?.(own({ errMsg: CONNECTING })));
        } else {
          line.send(isBuffer ? new Uint8Array(data).slice() : data);
          answer(callbacks, "sendSocketMessage");
        }
      },
      close({ code = 1000, reason = "", ...callbacks } = {}) {
        if (code !== 1000 && !(code >= 3000 && code <= 4999)) {
          seen.misuses.push(`closeSocket: the code must be 1000 or 3000 to 4999, not ${code}`);
        } else if (new TextEncoder().encode(reason).length > 123) {
          seen.misuses.push("closeSocket: the reason is longer than 123 bytes");
        } else if (!sockets.has(socket) || line?.readyState === WebSocket.CONNECTING) {
          answer(callbacks, "closeSocket", "WebSocket is not connected");
        } else {
          line?.close(code, reason);
          answer(callbacks, "closeSocket");
          later(() => socket.end(code, reason));
        }
      },
    };
  }

  function request({ url, method = "GET", data, header, dataType = "json", timeout = 60_000, ...callbacks }) {
    seen.requests.push({ url, header: { ...header } });
    const failed = (why) => answer(callbacks, "request", why);
    if (unreachable()) {
      failed(unreachable());
    } else {
      fetch(url, { method, body: data, headers: { ...header }, signal: AbortSignal.timeout(timeout) }).then(
        async (reply) => {
          const text = await reply.text();
          const body = dataType === "json" ? JSON.parse(text) : text;
          const header = Object.fromEntries(reply.headers);
          answer(callbacks, "request", unreachable(), { statusCode: reply.status, data: body, header });
        },
        (e) => failed(e.name === "TimeoutError" ? "timeout" : String(e.cause ?? e)),
      );
    }
    return { abort() {} };
  }

  const device = { platform: "ios", system: "iOS 18.5", model: "iPhone 16", brand: "Apple" };
  const base = { SDKVersion: "3.9.0", version: "8.0.60", language: "zh_CN", theme: "light" };
  const window = { pixelRatio: 2, windowWidth: 375, windowHeight: 667, screenWidth: 375, screenHeight: 667, statusBarHeight: 20 };
  const listen = (set) => (listener) => void set.add(listener);
  const forget = (set) => (listener) => void (listener ? set.delete(listener) : set.clear());
  const copy = (value) => (value === undefined ? "" : own(value));
  const tellAll = (set, value) => set.forEach((listener) => listener(own(value)));

  const wx = {
    connectSocket,
    request,
    getRandomValues: ({ length, success }) => later(() => success({ randomValues: buffer(randomBytes(length)) })),
    getStorageSync: (key) => copy(stored.get(key)),
    setStorageSync: (key, value) => void stored.set(key, value),
    removeStorageSync: (key) => void stored.delete(key),
    setStorage({ key, data, ...callbacks }) {
      stored.set(key, data);
      answer(callbacks, "setStorage");
    },
    getSystemInfoSync: () => own({ ...device, ...base, ...window }),
    getDeviceInfo: () => own(device),
    getWindowInfo: () => own(window),
    getAppBaseInfo: () => own(base),
    getLaunchOptionsSync: () => own({ path: firstPage, query: {}, scene: 1001 }),
    getEnterOptionsSync: () => own({ path: firstPage, query: {}, scene: 1001 }),
    getAccountInfoSync: () => own({ miniProgram: { appId: "touristappid", envVersion: "develop" } }),
    canIUse: () => true,
    showLoading({ title, ...callbacks }) {
      seen.masks.push(title);
      answer(callbacks, "showLoading");
    },
    hideLoading(callbacks) {
      seen.masks.push(null);
      answer(callbacks, "hideLoading");
    },
    showToast({ title, ...callbacks }) {
      seen.toasts.push(title);
      answer(callbacks, "showToast");
    },
    navigateTo({ url, ...callbacks }) {
      seen.pages.push(url);
      later(() => open(url));
      answer(callbacks, "navigateTo");
    },
    onNetworkStatusChange: listen(events.network),
    offNetworkStatusChange: forget(events.network),
    onAppShow: listen(events.show),
    offAppShow: forget(events.show),
    onAppHide: listen(events.hide),
    offAppHide: forget(events.hide),
    nextTick: later,
  };

  return {
    wx,
    sockets,
    seen,
    /** The network goes, which no socket is told, or comes back. */
    setOnline(online) {
      isOnline = online;
      if (!online) {
        sockets.forEach((socket) => socket.cut());
      }
      tellAll(events.network, { isConnected: online, networkType: online ? "wifi" : "none" });
    },
    /** The program goes to the background; five seconds later WeChat cuts its network. */
    hide() {
      tellAll(events.hide, {});
      isSuspended = true;
      sockets.forEach((socket) => socket.end(1006, "interrupted"));
    },
    show() {
      isSuspended = false;
      tellAll(events.show, { path: firstPage, query: {}, scene: 1001 });
    },
  };
}
