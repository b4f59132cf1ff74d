/**
 * The frames of `cloudobjects.v1`.
 *
 * @module
 */
import { decodeUtf8, encodeUtf8, fromJson, isBytes, toBytes, toJson } from "./bytes.js";

const BINARY = 1;
const PREFIX = 3;

/** The subprotocol. */
export const PROTOCOL = "cloudobjects.v1";

/**
 * A frame as a binary message: a container may be unable to count text that arrives in fragments.
 *
 * @param {import("./internal.js").OutgoingFrame} frame
 */
export function encode(frame) {
  const { data, ...header } = frame;
  if (!isBytes(data)) {
    return encodeUtf8(toJson(frame));
  }
  const head = encodeUtf8(JSON.stringify(header));
  const body = toBytes(data);
  const message = new Uint8Array(PREFIX + head.length + body.length);
  message.set([BINARY, head.length >> 8, head.length & 255]);
  message.set(head, PREFIX);
  message.set(body, PREFIX + head.length);
  return message;
}

/**
 * The frames of a message, in their order; none in one of a kind that this version does not know, which is to be ignored.
 *
 * @param {string | Uint8Array} message
 * @returns {Record<string, any>[]}
 * @throws {Error} when it is malformed
 */
export function decode(message) {
  if (typeof message !== "string" && message[0] === BINARY) {
    const end = headerEnd(message);
    return [{ ...fromJson(decodeUtf8(message.subarray(PREFIX, end))), data: message.slice(end) }];
  }
  if (typeof message !== "string" && message[0] > BINARY && message[0] < 9) {
    return [];
  }
  const json = fromJson(typeof message === "string" ? message : decodeUtf8(message));
  return Array.isArray(json) ? json : [json];
}

/** Frames that may have a token, or the secret of a session. */
const SECRET = ["auth", "connect", "connected"];

/**
 * What travels, for people to read: its JSON but for tokens and secrets, and apart from it the data of a binary frame.
 *
 * @param {string} type
 * @param {string | Uint8Array} message
 * @returns {{size: number, text: string, bytes?: Uint8Array}}
 */
export function trace(type, message) {
  const whole = typeof message === "string" ? encodeUtf8(message) : message;
  const isBinary = whole[0] === BINARY;
  const end = headerEnd(whole);
  const text = decodeUtf8(isBinary ? whole.subarray(PREFIX, end) : whole);
  return {
    size: whole.length,
    text: SECRET.includes(type) ? withoutSecrets(text) : text,
    ...(isBinary && { bytes: whole.slice(end) }),
  };
}

/** @param {string} text */
function withoutSecrets(text) {
  const frame = JSON.parse(text);
  delete frame.token;
  delete frame.resume?.secret;
  return JSON.stringify(frame);
}

/** @param {Uint8Array} message */
function headerEnd(message) {
  return PREFIX + (message[1] << 8) + message[2];
}
