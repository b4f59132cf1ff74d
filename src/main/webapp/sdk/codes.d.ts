/**
 * Whether a client may connect again by itself after this close code.
 *
 * @param {number} code
 */
export function mayReconnect(code: number): boolean;
/**
 * Whether an error says that the token is missing, invalid, expired or revoked.
 *
 * @param {number} code
 */
export function isTokenCode(code: number): boolean;
/**
 * The codes of closes and errors. A test compares them with the server's.
 *
 * @module
 */
/** Why a connection was closed: after 1000 to 1009 but 1001, and 4000 to 4499, nobody connects again by himself. */
export const CloseCode: Readonly<{
    NORMAL: 1000;
    GOING_AWAY: 1001;
    PROTOCOL_ERROR: 1002;
    UNSUPPORTED_DATA: 1003;
    BAD_PAYLOAD: 1007;
    POLICY: 1008;
    TOO_LARGE: 1009;
    INTERNAL_ERROR: 1011;
    RESTARTING: 1012;
    TRY_LATER: 1013;
    CLOSED_BY_OBJECT: 4000;
    REFUSED: 4001;
    FORCE_LOGOUT: 4002;
    INVALID_TOKEN: 4003;
    ENCRYPTION_FAILED: 4004;
    HEARTBEAT_MISSED: 4500;
    CONNECT_TIMEOUT: 4501;
    REPLACED: 4502;
}>;
/** The codes of answers and of error events; applications add their own. */
export const Code: Readonly<{
    OK: 0;
    FAIL: -1;
    BAD_REQUEST: 400;
    UNAUTHORIZED: 401;
    DENIED: 403;
    NOT_FOUND: 404;
    METHOD_NOT_ALLOWED: 405;
    REQUEST_TIMEOUT: 408;
    GONE: 410;
    TOO_LARGE: 413;
    UNSUPPORTED_MEDIA_TYPE: 415;
    UPGRADE_REQUIRED: 426;
    TOO_MANY: 429;
    CANCELLED: 499;
    INTERNAL: 500;
    NOT_CALLABLE: 501;
    TIMEOUT: 502;
    UNAVAILABLE: 503;
    ACCOUNT_DISABLED: 10001;
    NO_SUCH_USER: 10002;
    ACCOUNT_CLOSED: 10006;
    USERNAME_TAKEN: 10101;
    WRONG_PASSWORD: 10102;
    TOO_MANY_WRONG_PASSWORDS: 10103;
    TOKEN_OTHER_DEVICE: 30201;
    TOKEN_REVOKED: 30202;
    TOKEN_EXPIRED: 30203;
    TOKEN_INVALID: 30204;
}>;
/** No close frame came: the connection was lost. */
export const LOST: 1006;
