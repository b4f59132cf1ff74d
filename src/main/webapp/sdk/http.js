import { fromJson, toJson } from "./bytes.js";
import { Code } from "./codes.js";
import { VkError } from "./errors.js";
import { received } from "./options.js";

/** @import {Answer, Platform} from "./types.js" */
/** @import {LoginStore} from "./login.js" */

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 30_000;

/** Posts JSON to the server, as who is logged in. */
export class Http {
  #platform;
  #login;
  #baseUrl;
  #headers;

  /**
   * @param {Platform} platform
   * @param {LoginStore} login
   * @param {string} baseUrl
   * @param {Record<string, string | undefined>} headers sent with everything, those that have a value
   */
  constructor(platform, login, baseUrl, headers) {
    this.#platform = platform;
    this.#login = login;
    this.#baseUrl = baseUrl.replace(/\/*$/, "/");
    this.#headers = headers;
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {{token?: string, timeout?: number}} [how]
   * @returns {Promise<Answer>} an answer of code 0
   * @throws {VkError} any other answer, or none
   */
  async post(path, body, { token = this.#login.token, timeout = TIMEOUT } = {}) {
    const headers = { ...this.#headers, "Content-Type": "application/json", "uni-id-token": token };
    const json = toJson(body, "data");
    /** @type {import("./types.js").HttpAnswer} */
    let reply;
    try {
      reply = await this.#platform.request({
        url: this.#baseUrl + path,
        headers: /** @type {Record<string, string>} */ (
          Object.fromEntries(Object.entries(headers).filter(([, value]) => value))
        ),
        body: json,
        timeout,
      });
    } catch (e) {
      throw new VkError(Code.FAIL, `no answer from the server: ${/** @type {any} */ (e)?.message ?? e}`, {
        httpStatus: 0,
      });
    }
    const { status: httpStatus } = reply;
    const answer = read(reply.text, httpStatus);
    // Scripts of other origins may not see the header.
    const retryAfter = received("retryAfter", reply.retryAfter ?? answer?.retryAfter);
    if (!answer) {
      // Not the server's own answer but, say, a gateway's page.
      throw foreignAnswer(httpStatus, retryAfter);
    }
    if (answer.code !== Code.OK) {
      throw new VkError(answer.code, answer.msg, { requestId: answer.requestId, httpStatus, retryAfter, answer });
    }
    return answer;
  }
}

/**
 * Something else answers in the server's place.
 *
 * @param {number} httpStatus
 * @param {number} [retryAfter]
 */
export function foreignAnswer(httpStatus, retryAfter) {
  const code = httpStatus >= 400 ? httpStatus : Code.FAIL;
  return new VkError(code, `no answer of the server but HTTP status ${httpStatus}`, { httpStatus, retryAfter });
}

/**
 * The answer, if it is the server's own: its failures have a request id, its successes a `msg` and no status of a failure.
 *
 * @param {string} text
 * @param {number} status
 * @returns {Answer | undefined}
 */
function read(text, status) {
  try {
    const answer = fromJson(text);
    const isOurs = answer?.code === Code.OK ? "msg" in answer && status < 400 : typeof answer?.code === "number" && !!answer.requestId;
    return isOurs ? answer : undefined;
  } catch {
    return undefined;
  }
}
