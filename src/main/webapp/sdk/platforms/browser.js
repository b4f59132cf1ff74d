import { mask, toast } from "./dom.js";
import { servedFrom } from "./own-address.js";
import { memory, webRequest, webSockets } from "./web.js";

/** @import {Happening, Platform} from "../types.js" */

/**
 * A browser.
 *
 * @returns {Platform}
 */
export function browserPlatform() {
  return {
    name: "web",
    os: /** @type {any} */ (navigator).userAgentData?.platform,
    locale: navigator.language,
    // Asked only without the option `baseUrl`.
    get baseUrl() {
      return servedFrom();
    },
    openSocket: webSockets(),
    request: webRequest,
    storage: localStore(),
    watch(listener) {
      const events = new AbortController();
      const { signal } = events;
      for (const name of /** @type {Happening[]} */ (["online", "offline"])) {
        addEventListener(name, () => listener(name), { signal });
      }
      const look = () => listener(document.visibilityState === "hidden" ? "hidden" : "visible");
      document.addEventListener("visibilitychange", look, { signal });
      return () => events.abort();
    },
    ui: {
      mask,
      toast,
      navigate: (url) => location.assign(url),
      currentPage: () => ({
        fullPath: location.pathname + location.search + location.hash,
        route: location.pathname.replace(/^\//, ""),
        options: Object.fromEntries(new URLSearchParams(location.search)),
      }),
    },
  };
}

/** @returns {Platform["storage"]} */
function localStore() {
  try {
    const storage = localStorage;
    storage.getItem("");
    return {
      get: (key) => storage.getItem(key),
      set: (key, value) => storage.setItem(key, value),
      remove: (key) => storage.removeItem(key),
    };
  } catch {
    // The user has forbidden it.
    return memory();
  }
}
