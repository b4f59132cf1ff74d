package dev.cloudobjects.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The WebSocket close codes that the server sends. Their range says whether a client may come back by itself: after
 * 1000, 1002, 1003, 1007 to 1009 and 4000 to 4499 it must not, after 1001, 1011 to 1013 and 4500 to 4999 it may. The
 * SDK mirrors this list.
 */
public enum CloseCode {
    NORMAL(1000, false, "closed"),
    GOING_AWAY(1001, true, "the server is going away"),
    PROTOCOL_ERROR(1002, false, "the protocol was violated"),
    UNSUPPORTED_DATA(1003, false, "this kind of data is not supported"),
    BAD_PAYLOAD(1007, false, "the message is malformed"),
    POLICY(1008, false, "a limit was exceeded for too long"),
    TOO_LARGE(1009, false, "the message is too large"),
    INTERNAL_ERROR(1011, true, "the server failed"),
    RESTARTING(1012, true, "the server restarts"),
    TRY_LATER(1013, true, "the client reads too slowly or the server is busy"),
    CLOSED_BY_OBJECT(4000, false, "closed by the cloud object"),
    REFUSED(4001, false, "the connection was refused"),
    FORCE_LOGOUT(4002, false, "logged out by the server"),
    INVALID_TOKEN(4003, false, "the token is missing, expired or revoked"),
    ENCRYPTION_FAILED(4004, false, "the encrypted channel failed"),
    HEARTBEAT_MISSED(4500, true, "no sign of life from the client"),
    CONNECT_TIMEOUT(4501, true, "the connect frame did not come in time"),
    REPLACED(4502, true, "the session goes on over another socket");

    /** Stands for a close frame without a code; never in one. */
    public static final int NO_STATUS = 1005;

    /** What a gateway sends that got no good answer; never sent by this server. */
    private static final int BAD_GATEWAY = 1014;

    /** Stands for an end without a close frame; never in one. */
    public static final int ABNORMAL = 1006;

    /** The longest reason that a close frame can carry, in bytes of UTF-8. */
    public static final int MAX_REASON_BYTES = 123;

    private final int value;
    private final boolean mayReconnect;
    private final String reason;

    CloseCode(int value, boolean mayReconnect, String reason) {
        this.value = value;
        this.mayReconnect = mayReconnect;
        this.reason = reason;
    }

    /** The number that travels. */
    public int value() {
        return value;
    }

    /** Whether a client may connect again by itself. */
    public boolean mayReconnect() {
        return mayReconnect;
    }

    /**
     * Whether a client that closes its socket with this number has lost it, as by a proxy that restarts, or opens another one;
     * with every other number it ends its session.
     */
    public static boolean isLoss(int value) {
        return value == ABNORMAL || value == REPLACED.value || (value >= INTERNAL_ERROR.value && value <= BAD_GATEWAY);
    }

    /** The default reason, in English, short enough for a close frame. */
    public String reason() {
        return reason;
    }

    /** The close code of a number; empty for one that this server never sends, 1006 among them. */
    public static Optional<CloseCode> find(int value) {
        return Arrays.stream(values()).filter(code -> code.value == value).findFirst();
    }

    /** As much of a reason as a close frame can carry, cut between two characters. */
    public static String fit(String reason) {
        if (reason.length() * 3L <= MAX_REASON_BYTES) {
            return reason;
        }
        int bytes = 0;
        int end = 0;
        while (end < reason.length()) {
            int next = reason.offsetByCodePoints(end, 1);
            bytes += reason.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_REASON_BYTES) {
                return reason.substring(0, end);
            }
            end = next;
        }
        return reason;
    }
}
