/**
 * The platform's sockets with the encrypted channel inside them.
 *
 * @module
 */
import { parameter } from "./address.js";
import { CloseCode, Code } from "./codes.js";
import { VkError } from "./errors.js";
import { foreignAnswer } from "./http.js";

/** @import {Cipher, Handshake, Platform} from "./types.js" */
/** @import {Environment, Request} from "./internal.js" */

/** A page that came over plain http may be anybody's, this code included: nothing that it encrypts is secret. */
function requireSecurePage() {
  if (globalThis.isSecureContext === false) {
    throw new VkError(Code.NOT_CALLABLE, "encrypt: this page did not come over https, and so can keep no secret");
  }
}

/**
 * The public key that the server has to prove: one that was configured, or else the one that the server names. Of several
 * configured ones, the server only says which is in use.
 *
 * @param {import("./http.js").Http} http
 * @param {string[]} [pinned]
 * @returns {Promise<string>}
 */
async function serverKey(http, pinned = []) {
  if (pinned.length === 1) {
    return pinned[0];
  }
  const { keys } = await http.post("connect/keys", {}, { token: "" });
  if (!Array.isArray(keys) || !keys.length || !keys.every((one) => typeof one?.key === "string")) {
    throw foreignAnswer(200);
  }
  /** @type {string[]} */
  const served = keys.map((/** @type {{key: string}} */ { key }) => key);
  return pinned.length ? (served.find((key) => pinned.includes(key)) ?? pinned[0]) : served[0];
}

/**
 * How to open sockets with the encrypted channel inside them: `open` comes after the handshake, and what is sent and
 * received in between is sealed. Sealing takes time, so everything queues up, the close too.
 *
 * @param {Environment} env
 * @param {Request} request
 * @returns {Promise<Platform["openSocket"]>}
 */
export async function secured({ platform, http, appid, encryption: load, encryptionKeys }, request) {
  requireSecurePage();
  const key = await serverKey(http, encryptionKeys);
  return (address, protocol, handlers) => {
    const { url, channel } = request;
    const context = {
      url,
      channel,
      // A signed address brings the application of whoever made it.
      appid: (request.address ? parameter(address, "appid") : appid) ?? "",
      ticket: parameter(address, "ticket") ?? "",
      key,
    };
    /** @type {Handshake} */
    let handshake;
    /** @type {Cipher | undefined} */
    let cipher;
    let hasFailed = false;
    let outgoing = Promise.resolve();
    let incoming = Promise.resolve();
    /** @param {unknown} e */
    const fail = (e) => {
      if (!hasFailed) {
        hasFailed = true;
        // The reason travels in clear, so what went wrong is told here only.
        const err = { code: CloseCode.ENCRYPTION_FAILED, msg: `the encrypted channel failed: ${e}` };
        handlers.close(
          /** @type {any} */ ({ code: CloseCode.ENCRYPTION_FAILED, reason: "the encrypted channel failed", wasClean: false, err }),
        );
      }
    };

    const socket = platform.openSocket(address, protocol, {
      open() {
        incoming = incoming
          .then(load)
          .then((encryption) => encryption.initiate(context))
          .then((begun) => {
            handshake = begun;
            socket.send(begun.message);
          })
          .catch(fail);
      },
      message(sealed) {
        incoming = incoming
          .then(async () => {
            if (hasFailed) {
              return;
            }
            if (typeof sealed === "string") {
              throw new Error("a message in clear");
            }
            if (cipher) {
              handlers.message(await cipher.open(sealed));
            } else {
              cipher = await handshake.finish(sealed);
              handlers.open();
            }
          })
          .catch(fail);
      },
      close: (event) => void incoming.then(() => handlers.close(event)),
      error: (reason) => void incoming.then(() => handlers.error(reason)),
    });

    return {
      send(bytes) {
        outgoing = outgoing
          .then(async () => socket.send(await /** @type {Cipher} */ (cipher).seal(bytes)))
          .catch(fail);
      },
      close: (code, reason) => void outgoing.then(() => socket.close(code, reason)).catch(() => {}),
    };
  };
}
