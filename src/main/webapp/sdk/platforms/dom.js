/**
 * The mask and the toasts of a browser. Styled by a constructed style sheet, which a Content-Security-Policy without
 * inline styles allows.
 *
 * @module
 */

const STYLE = `
.co-mask{position:fixed;inset:0;z-index:2147483000;display:grid;place-items:center;background:#0006}
.co-mask[hidden],.co-toast:empty{display:none}
.co-mask span,.co-toast{max-width:80vw;padding:.75em 1.25em;border-radius:.5em;background:#222;color:#fff;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.co-toast{position:fixed;inset:auto auto 15vh 50%;translate:-50%;z-index:2147483001;pointer-events:none}`;
const TOAST_TIME = 3000;

/** @type {{mask: HTMLElement, title: HTMLElement, toast: HTMLElement} | undefined} */
let parts;
/** @type {any} */
let timer;

function shown() {
  if (!parts) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const mask = add(document.body, "div", "co-mask");
    const title = add(mask, "span", "");
    const toast = add(document.body, "div", "co-toast");
    // There before they have a text, so that screen readers tell it.
    title.setAttribute("role", "status");
    toast.setAttribute("role", "status");
    mask.hidden = true;
    parts = { mask, title, toast };
  }
  return parts;
}

/**
 * @param {HTMLElement} parent
 * @param {string} name
 * @param {string} className
 */
function add(parent, name, className) {
  const element = document.createElement(name);
  element.className = className;
  return parent.appendChild(element);
}

/** @param {string | null} title */
export function mask(title) {
  const { mask: element, title: text } = shown();
  element.hidden = title === null;
  text.textContent = title;
  document.body.setAttribute("aria-busy", String(title !== null));
}

/** @param {string} text */
export function toast(text) {
  const { toast: element } = shown();
  element.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (element.textContent = ""), TOAST_TIME);
}
