import { run } from "./listeners.js";

/** @import {Platform} from "./types.js" */

/** The mask and the toasts. Masks that overlap are one, which stays until the last of them is gone. */
export class Ui {
  #platform;
  /** @type {string[]} */
  #titles = [];

  /** @param {Platform["ui"]} platform */
  constructor(platform) {
    this.#platform = platform;
  }

  /**
   * Shows the mask until the function it returns is called.
   *
   * @param {string} title
   */
  showLoading(title) {
    const entry = title;
    this.#titles.push(entry);
    this.#show();
    let isShown = true;
    return () => {
      if (isShown) {
        isShown = false;
        this.#titles.splice(this.#titles.indexOf(entry), 1);
        this.#show();
      }
    };
  }

  /** @param {string} text @param {string} [icon] */
  toast(text, icon) {
    run(() => this.#platform.toast(text, icon));
  }

  #show() {
    run(() => this.#platform.mask(this.#titles.at(-1) ?? null));
  }
}
