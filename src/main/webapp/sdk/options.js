/**
 * Every number that comes from outside: what is not checked here reaches no timer.
 *
 * @module
 */
import { badRequest, requireOptions } from "./errors.js";

/** What a timer can take, in milliseconds. */
export const LONGEST = 2 ** 31 - 1;

/**
 * @param {number} min
 * @param {number} [byDefault]
 */
const time = (min, byDefault) => ({ default: byDefault, min, max: LONGEST, unit: "ms" });
/** @param {number} byDefault */
const count = (byDefault) => ({ default: byDefault, min: 0, max: Infinity, unit: "" });

/**
 * The least values are those that make no storm of requests or pings, and no false time-outs.
 *
 * @type {Record<string, {default?: number, min: number, max: number, unit: string}>}
 */
export const OPTIONS = {
  "reconnect.minDelay": time(50, 1000),
  "reconnect.maxDelay": time(1000, 30_000),
  "reconnect.maxAttempts": count(Infinity),
  "queue.messages": count(1000),
  "queue.bytes": count(1_048_576),
  "heartbeat.interval": time(1000, 25_000),
  "heartbeat.timeout": time(1000, 10_000),
  "send.timeout": time(1),
  "callFunction.timeout": time(1, 30_000),
  "request.timeout": time(1, 30_000),
  "stream.credit": { default: 32, min: 1, max: 1000, unit: "" },
};

/** What the server, a gateway or an issuer says. It is not refused but brought into its bounds, or ignored. */
export const RECEIVED = {
  pingInterval: time(1000),
  within: time(0),
  // More than a timer holds: it is counted in several.
  lifetime: { min: 0, max: Number.MAX_SAFE_INTEGER, unit: "ms" },
  retryAfter: { min: 0, max: Math.floor(LONGEST / 1000), unit: "s" },
};

/**
 * The value of an option, a whole number.
 *
 * @param {keyof typeof OPTIONS} name
 * @param {unknown} value
 * @returns {any}
 */
export function option(name, value) {
  const { default: byDefault, min, max, unit } = OPTIONS[name];
  if (value === undefined) {
    return byDefault;
  }
  const isGood = typeof value === "number" && value >= min && (unit ? value < Infinity : value <= max && (value % 1 === 0 || value === max));
  if (!isGood) {
    const what = typeof value === "string" ? JSON.stringify(value) : String(value);
    throw badRequest(`${name} is a number${unit && ` of ${unit}`} from ${min} to ${max}, not ${what}`);
  }
  return Math.min(Math.round(value), max);
}

/**
 * The values of a group of options.
 *
 * @param {string} group
 * @param {any} [given]
 * @returns {any}
 */
export function options(group, given = {}) {
  requireOptions(given, `${group}: {…}`);
  return Object.fromEntries(
    Object.keys(OPTIONS)
      .filter((name) => name.startsWith(`${group}.`))
      .map((name) => [name.slice(group.length + 1), option(name, given[name.slice(group.length + 1)])]),
  );
}

/**
 * What was received, as a whole number within its bounds; undefined when it is none.
 *
 * @param {keyof typeof RECEIVED} name
 * @param {unknown} value
 */
export function received(name, value) {
  const { min, max } = RECEIVED[name];
  return typeof value === "number" && value >= 0 ? Math.min(Math.max(Math.round(value), min), max) : undefined;
}

/**
 * The header `Retry-After` in seconds; undefined when it says nothing.
 *
 * @param {unknown} header seconds, or a date of HTTP
 * @param {number} now when it was sent, in milliseconds since 1970: by the sender's clock, where that is known
 */
export function retryAfter(header, now) {
  const text = String(header ?? "").trim();
  const left = /^[A-Z][a-z]+,? /.test(text) ? Math.max(0, Math.ceil((Date.parse(text) - now) / 1000)) : undefined;
  return received("retryAfter", /^\d+$/.test(text) ? Number(text) : left);
}
