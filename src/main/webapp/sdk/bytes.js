import { Code } from "./codes.js";
import { VkError } from "./errors.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What JSON would write without what is in it, whatever members it has. */
const OPAQUE = /^(Map|Set|Weak\w+|Promise|Blob|File|Response|Request|FormData)$/;

/** @param {unknown} value */
function tagOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/**
 * Whether a value is bytes, also when it comes from another realm, as the buffers of mini programs do.
 *
 * @param {unknown} value
 * @returns {value is ArrayBuffer | ArrayBufferView}
 */
export function isBytes(value) {
  try {
    return ArrayBuffer.isView(value) || /^(Shared)?ArrayBuffer$/.test(tagOf(value));
  } catch {
    // A proxy that was revoked, or a getter that throws.
    return false;
  }
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

/** A value that JSON can't hold. */
class Unwritable extends VkError {
  /**
   * @param {string} place
   * @param {string} what
   */
  constructor(place, what) {
    super(Code.BAD_REQUEST, `${place || "data"}: ${what} can't be written as JSON`);
  }
}

/**
 * A copy of a value in which all is JSON, bytes in their tagged form. `undefined` is treated as JSON does.
 *
 * @param {any} value
 * @param {string} place what to call it in an error
 * @returns {any}
 * @throws {VkError} when JSON can't hold it
 */
export function toPlain(value, place) {
  return plain(() => value, place, []);
}

/**
 * @param {() => any} read
 * @param {string} place
 * @param {unknown[]} above the objects that it is in
 * @returns {any}
 */
function plain(read, place, above) {
  try {
    return plainOf(read(), place, above);
  } catch (e) {
    // A getter, a proxy or a toJSON of the application's has thrown it.
    throw e instanceof Unwritable ? e : new Unwritable(place, `what fails when it is read (${e instanceof Error ? e : typeof e})`);
  }
}

/**
 * @param {any} value
 * @param {string} place
 * @param {unknown[]} above
 */
function plainOf(value, place, above) {
  // Of a ref of Vue its value: what else it has is Vue's own.
  const given = value?.__v_isRef ? value.value : value;
  // Before its toJSON, which buffers of Node.js have.
  if (isBytes(given)) {
    return { type: "Buffer", data: encodeBase64(toBytes(given)) };
  }
  const raw = typeof given?.toJSON === "function" ? given.toJSON(place.replace(/^.*\./, "")) : given;
  if (raw === undefined || raw === null || typeof raw === "boolean" || typeof raw === "string") {
    return raw;
  }
  const tag = tagOf(raw);
  if (tag === "String" || tag === "Boolean") {
    return raw.valueOf();
  }
  if (tag === "Number") {
    if (!Number.isFinite(Number(raw))) {
      throw new Unwritable(place, String(raw));
    }
    return Number(raw);
  }
  if (typeof raw !== "object") {
    throw new Unwritable(place, `a ${tag}`);
  }
  if (above.includes(raw)) {
    throw new Unwritable(place, "an object inside itself");
  }
  const within = [...above, raw];
  if (within.length > 1000) {
    throw new Unwritable(place, "what is nested more than 1000 deep");
  }
  if (Array.isArray(raw)) {
    return Array.from({ length: raw.length }, (_, i) => plain(() => raw[i], `${place}[${i}]`, within));
  }
  const keys = Object.keys(raw);
  if (OPAQUE.test(tag) || (tag !== "Object" && !keys.length)) {
    throw new Unwritable(place, `a ${tag}`);
  }
  return Object.fromEntries(keys.map((key) => [key, plain(() => raw[key], place ? `${place}.${key}` : key, within)]));
}

/**
 * Writes JSON, bytes in it in their tagged form.
 *
 * @param {unknown} value
 * @param {string} [place] what to call it in an error
 * @returns {string}
 */
export function toJson(value, place = "") {
  return JSON.stringify(toPlain(value, place));
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
