package dev.cloudobjects.api;

/** The codes of answers and error events, as VK and uni-id number them. Zero is success; all others are failures. */
public enum Code {
    OK(0, "ok"),
    FAIL(-1, "the call failed"),
    BAD_REQUEST(400, "the request is malformed"),
    UNAUTHORIZED(401, "log in first"),
    DENIED(403, "access denied"),
    NOT_FOUND(404, "no such object or method"),
    METHOD_NOT_ALLOWED(405, "this HTTP method is not allowed here"),
    REQUEST_TIMEOUT(408, "the request took too long to arrive"),
    GONE(410, "the connection has ended"),
    TOO_LARGE(413, "the message is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "this content type is not supported"),
    UPGRADE_REQUIRED(426, "this address takes WebSocket connections only"),
    TOO_MANY(429, "too many requests"),
    CANCELLED(499, "the request was cancelled"),
    INTERNAL(500, "the call failed on the server"),
    NOT_CALLABLE(501, "this method can't be called"),
    TIMEOUT(502, "the call took too long and was stopped"),
    UNAVAILABLE(503, "the server can't do this at the moment"),
    ACCOUNT_DISABLED(10001, "this account is disabled"),
    NO_SUCH_USER(10002, "no such user"),
    ACCOUNT_CLOSED(10006, "this account is closed"),
    USERNAME_TAKEN(10101, "this username is taken"),
    WRONG_PASSWORD(10102, "wrong username or password"),
    TOO_MANY_WRONG_PASSWORDS(10103, "too many wrong passwords; try again later"),
    TOKEN_OTHER_DEVICE(30201, "the token belongs to another device"),
    TOKEN_REVOKED(30202, "the token was revoked; log in again"),
    TOKEN_EXPIRED(30203, "the token has expired; log in again"),
    TOKEN_INVALID(30204, "the token is missing or invalid; log in");

    private final int value;
    private final String message;

    Code(int value, String message) {
        this.value = value;
        this.message = message;
    }

    /** The number that travels. */
    public int value() {
        return value;
    }

    /** The default message, in English, fit for a client. */
    public String message() {
        return message;
    }

    /** Whether {@code code} says that a token is missing, invalid, expired or revoked. */
    public static boolean isToken(int code) {
        return code >= TOKEN_OTHER_DEVICE.value && code <= TOKEN_INVALID.value;
    }
}
