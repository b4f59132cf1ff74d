const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Whether a value is bytes, also when it comes from another realm, as the buffers of mini programs do.
 *
 * @param {unknown} value
 * @returns {value is ArrayBuffer | ArrayBufferView}
 */
export function isBytes(value) {
  return ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === "[object ArrayBuffer]";
}

/**
 * @param {ArrayBuffer | ArrayBufferView} value
 * @returns {Uint8Array}
 */
export function toBytes(value) {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

/** @param {string} text */
export function encodeUtf8(text) {
  if (typeof TextEncoder === "function") {
    return new TextEncoder().encode(text);
  }
  // Halves of characters become what they become there, too.
  const whole = text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  return Uint8Array.from(unescape(encodeURIComponent(whole)), (c) => c.charCodeAt(0));
}

/** @param {Uint8Array} bytes */
export function decodeUtf8(bytes) {
  if (typeof TextDecoder === "function") {
    return new TextDecoder().decode(bytes);
  }
  let binary = "";
  bytes.forEach((b) => (binary += String.fromCharCode(b)));
  return decodeURIComponent(escape(binary));
}

// Not btoa and atob: mini programs have neither.
/** @param {Uint8Array} bytes */
function encodeBase64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < 4; j++) {
      text += i + j <= bytes.length ? ALPHABET[(group >> (18 - 6 * j)) & 63] : "=";
    }
  }
  return text;
}

/** @param {string} text */
export function decodeBase64(text) {
  if (!BASE64.test(text)) {
    return undefined;
  }
  const digits = text.replace(/=/g, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let i = 0, bits = 0, at = 0; i < digits.length; i++) {
    bits = ((bits << 6) | ALPHABET.indexOf(digits[i])) & 0xffffff;
    if (i % 4) {
      bytes[at++] = bits >> (6 - 2 * (i % 4));
    }
  }
  return bytes;
}

/**
 * The bytes that an object of JSON stands for; undefined when it is an ordinary value.
 *
 * @param {any} value
 */
function untag(value) {
  if (!value || value.type !== "Buffer" || Object.keys(value).length !== 2) {
    return undefined;
  }
  const { data } = value;
  if (typeof data === "string") {
    return decodeBase64(data);
  }
  const isList = Array.isArray(data) && data.every((n) => Number.isInteger(n) && n >= 0 && n <= 255);
  return isList ? Uint8Array.from(data) : undefined;
}

/**
 * Writes JSON, bytes in it in their tagged form.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function toJson(value) {
  return JSON.stringify(
    value,
    /** @this {any} */ function (key, plain) {
      // The value before its toJSON, which buffers of Node.js have.
      const raw = this[key];
      return isBytes(raw) ? { type: "Buffer", data: encodeBase64(toBytes(raw)) } : plain;
    },
  );
}

/**
 * Reads JSON, bytes in their tagged form as `Uint8Array`.
 *
 * @param {string} text
 * @returns {any}
 */
export function fromJson(text) {
  return JSON.parse(text, (_, value) => untag(value) ?? value);
}
