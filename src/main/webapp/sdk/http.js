import { fromJson, toJson } from "./bytes.js";
import { Code } from "./codes.js";
import { VkError } from "./errors.js";

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
    /** @type {import("./types.js").HttpAnswer} */
    let reply;
    try {
      reply = await this.#platform.request({
        url: this.#baseUrl + path,
        headers: /** @type {Record<string, string>} */ (
          Object.fromEntries(Object.entries(headers).filter(([, value]) => value))
        ),
        body: toJson(body),
        timeout,
      });
    } catch (e) {
      throw new VkError(Code.FAIL, `no answer from the server: ${/** @type {any} */ (e)?.message ?? e}`, {
        httpStatus: 0,
      });
    }
    const answer = read(reply.text);
    const { status: httpStatus, retryAfter } = reply;
    if (!answer) {
      // Not the server's own answer but, say, a gateway's page.
      throw new VkError(httpStatus >= 400 ? httpStatus : Code.FAIL, `no answer but HTTP status ${httpStatus}`, {
        httpStatus,
        retryAfter,
      });
    }
    if (answer.code !== Code.OK) {
      throw new VkError(answer.code, answer.msg, { requestId: answer.requestId, httpStatus, retryAfter, answer });
    }
    return answer;
  }
}

/**
 * @param {string} text
 * @returns {Answer | undefined}
 */
function read(text) {
  try {
    const answer = fromJson(text);
    return typeof answer?.code === "number" ? answer : undefined;
  } catch {
    return undefined;
  }
}
