/**
 * The mask and the toasts of a browser. Styled by a constructed style sheet, which a Content-Security-Policy without
 * inline styles allows.
 *
 * @module
 */

const STYLE = `
.co-mask{position:fixed;inset:0;z-index:2147483000;display:grid;place-items:center;background:#0006}
.co-mask:empty{inset:auto}
.co-mask span,.co-toast{max-width:80vw;padding:.75em 1.25em;border-radius:.5em;background:#222;color:#fff;font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.co-toast{position:fixed;inset:auto auto 15vh 50%;translate:-50%;z-index:2147483001;pointer-events:none}
.co-toast:empty{padding:0}`;
const TOAST_TIME = 3000;

/** @type {{mask: HTMLElement, toast: HTMLElement} | undefined} */
let parts;
/** @type {any} */
let timer;

function shown() {
  if (!parts) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const mask = add(document.body, "div", "co-mask");
    const toast = add(document.body, "div", "co-toast");
    // Always there, if without any room, so that screen readers tell the text that they get.
    mask.setAttribute("role", "status");
    toast.setAttribute("role", "status");
    parts = { mask, toast };
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
  const { mask: element } = shown();
  element.replaceChildren();
  if (title !== null) {
    add(element, "span", "").textContent = title;
  }
}

/** @param {string} text */
export function toast(text) {
  const { toast: element } = shown();
  element.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (element.textContent = ""), TOAST_TIME);
}
