import assert from "node:assert/strict";
import { describe, it } from "node:test";

// By a computed name, because the page's modules have no types.
const page = (/** @type {string} */ module) => import(new URL(`../../../main/webapp/js/${module}`, import.meta.url).href);
const { CODE, showingCode } = await page("code.js");
const { default: en } = await page("i18n/en.js");
const { default: zh } = await page("i18n/zh.js");

/** @type {Record<string, Record<string, string>>} */
const TEXTS = { en, zh };

/** @param {string} text */
const parameters = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

describe("the texts of the page", () => {
  it("are there in both languages", () => {
    assert.deepEqual(Object.keys(TEXTS.zh).sort(), Object.keys(TEXTS.en).sort());
  });

  for (const [key, text] of Object.entries(TEXTS.zh)) {
    it(`${key} takes the same parameters in both`, () => assert.deepEqual(parameters(text), parameters(TEXTS.en[key])));

    it(`${key} is Chinese with fullwidth punctuation`, () => {
      if (/\p{Script=Han}/u.test(text)) {
        assert.doesNotMatch(text, /[,;!?()]|:(?!\/\/)|\.{3}|\.$/);
      }
    });
  }

  it("in English have no Chinese, but for the name of the language", () => {
    const chinese = Object.keys(TEXTS.en).filter((key) => /\p{Script=Han}|[，。：；！？（）]/u.test(TEXTS.en[key]));
    assert.deepEqual(chinese, ["language.other"]);
  });
});

describe("the code behind the button", () => {
  /** @type {Record<string, any[]>} */
  const calls = {
    switchAccount: [0], submitLogin: [false, "a", "b"], logout: [], connect: [], connectSigned: [], connectSeveral: [],
    connectChannel: ["test"], sendDraft: [], sendSample: [], sendAgain: [{}], receive: [], closeClient: [], closeCloud: [],
    logoutDevice: [], logoutUser: [],
  };

  it("follows what is done, and there is none that no action shows", () => {
    /** @type {Set<string>} */
    const shown = new Set();
    for (const [name, values] of [...Object.entries(calls), ["submitLogin", [true, "a", "b"]]]) {
      /** @type {any[]} */
      const heard = [];
      const action = (/** @type {any[]} */ ...given) => heard.push(given);
      const act = showingCode({ [String(name)]: action }, (/** @type {string} */ code) => {
        assert.deepEqual(heard, [], "shown before it is done");
        shown.add(code);
      });
      act[String(name)](.../** @type {any[]} */ (values));
      assert.deepEqual(heard, [values]);
    }
    assert.deepEqual([...shown].sort(), Object.keys(CODE).sort());
    for (const name of shown) {
      assert.ok(`code.${name}` in TEXTS.en, name);
    }
  });

  it("stays for what calls nothing", () => {
    const act = showingCode({ write: () => "done" }, assert.fail);
    assert.equal(act.write(), "done");
  });
});
