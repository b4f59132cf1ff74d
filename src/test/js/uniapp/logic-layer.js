// The logic layer of a WeChat mini program: the built-in objects of ECMAScript, timers, `console`, the functions that declare an
// application and its pages, and `wx`. There is nothing else of a browser or of Node.js, and no code from strings.
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { createContext, runInContext } from "node:vm";
import { weChat } from "./wx.js";

/** What a context of Node.js has beyond ECMAScript. */
const FOREIGN = ["console", "WebAssembly", "Intl"];

/**
 * @param {string} root the folder of the built mini program
 */
export function miniProgram(root) {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const inside = (code) => runInContext(code, context);
  FOREIGN.forEach((name) => inside(`delete globalThis.${name}`));
  const parse = inside("JSON.parse");
  const Bytes = inside("Uint8Array");
  const own = (value) => parse(JSON.stringify(value));
  const { pages: routes } = JSON.parse(readFileSync(join(root, "app.json"), "utf8"));
  const buffer = (bytes) => Bytes.from(bytes).buffer;
  const host = weChat({ own, buffer, firstPage: routes[0], open: (url) => open(url) });
  const { wx } = host;

  /** @type {any} */
  let program;
  /** @type {any} */
  let declared;
  const declarations = new Map();
  const pages = [];
  const errors = [];
  const text = (value) => value?.stack ?? String(value);
  const declare = (options) => void (declared = options);
  const quiet = () => {};
  const scope = {
    wx,
    App: (options) => void (program = options),
    Page: declare,
    Component: declare,
    Behavior: (options) => options,
    getApp: () => program,
    getCurrentPages: () => [...pages],
    // Ids are numbers.
    setTimeout: (...task) => Number(setTimeout(...task)),
    setInterval: (...task) => Number(setInterval(...task)),
    clearTimeout: (id) => clearTimeout(id),
    clearInterval: (id) => clearInterval(id),
    console: { log: quiet, info: quiet, debug: quiet, warn: quiet, error: (...what) => errors.push(what.map(text).join(" ")) },
    global: inside("({})"),
  };

  const modules = new Map();
  function load(path) {
    if (!modules.has(path)) {
      const module = inside("({ exports: {} })");
      modules.set(path, module);
      const names = ["require", "module", "exports", ...Object.keys(scope)];
      const code = readFileSync(join(root, path), "utf8");
      const run = runInContext(`(function (${names}) {${code}\n})`, context, { filename: join(root, path) });
      run((name) => load(posix.join(dirname(path), name)), module, module.exports, ...Object.values(scope));
    }
    return modules.get(path).exports;
  }

  /** @param {string} url of a page, with its query */
  function open(url) {
    const [path, query = ""] = url.split("?");
    const route = path.slice(1);
    if (!routes.includes(route)) {
      throw new Error(`there is no page ${url}`);
    }
    if (!declarations.has(route)) {
      load(`${route}.js`);
      declarations.set(route, declared);
    }
    // As they stand there: WeChat decodes nothing.
    const options = Object.fromEntries(query.split("&").filter(Boolean).map((pair) => pair.split(/=(.*)/s)));
    const page = pageOf(declarations.get(route), route, own(options), pages.length + 1, own);
    pages.push(page);
    page.arrive();
    return { vm: page.$vm, ...view(page, readFileSync(join(root, `${route}.wxml`), "utf8")) };
  }

  return {
    ...host,
    errors,
    /** Whether a name means something in the logic layer. */
    knows: (name) => inside(`typeof ${name}`) !== "undefined",
    start() {
      load("app.js");
      program.onLaunch?.(wx.getLaunchOptionsSync());
      program.onShow?.(wx.getLaunchOptionsSync());
    },
    open,
    /** What the page that is shown tells. */
    texts: () => view(pages.at(-1), "").texts(),
  };
}

/** A page, as WeChat makes it of what was given to `Component`. */
function pageOf({ methods = {}, lifetimes = {}, data = {}, ...rest }, route, options, id, own) {
  const page = {
    ...rest,
    ...methods,
    data: own(data),
    properties: {},
    route,
    is: route,
    options,
    __wxWebviewId__: id,
    triggerEvent() {},
    selectComponent: () => null,
    selectAllComponents: () => [],
    setData(changes, done) {
      // To the view goes a copy, by JSON.
      for (const [path, value] of Object.entries(own(changes))) {
        const names = path.split(/[.[\]]+/).filter(Boolean);
        const last = names.pop();
        names.reduce((value, name) => (value[name] ??= {}), page.data)[last] = value;
      }
      setTimeout(() => done?.());
    },
    arrive() {
      for (const life of ["created", "attached"]) {
        (lifetimes[life] ?? rest[life])?.call(page);
      }
      methods.onLoad?.call(page, options);
      methods.onShow?.call(page);
      (lifetimes.ready ?? rest.ready)?.call(page);
      methods.onReady?.call(page);
    },
  };
  return page;
}

/**
 * The buttons of a page's template: the name of the handler of each, and the conditions under which the button is shown.
 *
 * @param {string} wxml
 */
function buttonsOf(wxml) {
  const buttons = new Map();
  /** The elements that are open; `before` is the condition of the last child so far, which a `wx:else` turns round. */
  const open = [{ conditions: [], before: [] }];
  for (const [, end, name, attributes, empty, text] of wxml.matchAll(/<(\/?)([\w-]+)([^>]*?)(\/?)>([^<]*)/g)) {
    if (end) {
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    const [, when] = /wx:if="\{\{(\w+)\}\}"/.exec(attributes) ?? [];
    if (attributes.includes("wx:elif")) {
      throw new Error("this logic layer knows wx:if and wx:else, and no wx:elif");
    }
    const own = when
      ? [(data) => !!data[when]]
      : attributes.includes("wx:else")
        ? parent.before.map((condition) => (data) => !condition(data))
        : [];
    parent.before = own;
    const conditions = [...parent.conditions, ...own];
    const [, handler] = (name === "button" && /bindtap="\{\{(\w+)\}\}"/.exec(attributes)) || [];
    if (handler) {
      buttons.set(text, { handler, conditions });
    }
    if (!empty) {
      open.push({ conditions, before: [] });
    }
  }
  return buttons;
}

/** What a user sees of a page, and does with it. */
function view(page, wxml) {
  const buttons = buttonsOf(wxml);
  // The data of what is not shown any more stays: only the conditions tell.
  const handlerOf = (label) => {
    const { handler, conditions } = buttons.get(label) ?? { conditions: [] };
    return handler && conditions.every((condition) => condition(page.data)) ? page.data[handler] : undefined;
  };
  const textsOf = (value) =>
    typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];
  return {
    /** Whether a button is shown. */
    has: (label) => !!handlerOf(label),
    tap(label) {
      const handler = handlerOf(label);
      if (!handler) {
        throw new Error(`there is no button ${label}`);
      }
      const target = { id: "", dataset: {} };
      page[handler]({ type: "tap", timeStamp: Date.now(), detail: {}, target, currentTarget: target });
    },
    texts: () => textsOf(page.data),
  };
}
