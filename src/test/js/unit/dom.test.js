import assert from "node:assert/strict";
import { after, describe, it, mock } from "node:test";
import { mask as showMask, toast } from "../../../main/webapp/sdk/platforms/dom.js";

/** As much of an element as masks and toasts need. */
class Element {
  className = "";
  hidden = false;
  textContent = "";
  /** @type {Element[]} */
  children = [];
  /** @type {Record<string, string>} */
  attributes = {};

  setAttribute(/** @type {string} */ name, /** @type {string} */ value) {
    this.attributes[name] = value;
  }

  appendChild(/** @type {Element} */ child) {
    this.children.push(child);
    return child;
  }

  replaceChildren() {
    this.children = [];
  }
}

describe("a browser's mask and toast", () => {
  const here = /** @type {any} */ (globalThis);
  const body = new Element();
  /** @type {string[]} */
  const styles = [];
  here.document = { body, adoptedStyleSheets: [], createElement: () => new Element() };
  here.CSSStyleSheet = class {
    replaceSync = (/** @type {string} */ css) => void styles.push(css);
  };
  mock.timers.enable({ apis: ["setTimeout"] });
  after(() => {
    mock.timers.reset();
    delete here.document;
    delete here.CSSStyleSheet;
  });

  it("are always there for screen readers, and the page is never busy for them", () => {
    showMask("One moment");
    assert.deepEqual(body.children.map(({ className, attributes }) => [className, attributes.role]), [
      ["co-mask", "status"],
      ["co-toast", "status"],
    ]);
    const [masked, toasted] = body.children;
    assert.deepEqual(masked.children.map(({ textContent }) => textContent), ["One moment"]);
    showMask(null);
    toast("hello");
    assert.deepEqual([masked.children, toasted.textContent], [[], "hello"]);
    assert.deepEqual([masked.hidden, toasted.hidden, body.attributes], [false, false, {}]);
    mock.timers.tick(3000);
    assert.equal(toasted.textContent, "");
    assert.doesNotMatch(styles.join(), /display:none|visibility:hidden/);
  });
});
