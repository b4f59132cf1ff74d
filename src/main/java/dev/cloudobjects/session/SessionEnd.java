package dev.cloudobjects.session;

import dev.cloudobjects.protocol.CloseCode;
import org.jspecify.annotations.Nullable;

/**
 * How a session ends.
 *
 * @param code the close code
 * @param reason why, for the disconnection event and the close frame
 * @param hearPending whether messages that arrived before are still handled
 * @param byPeer whether the socket is closed already
 * @param fault what went wrong; {@code null} for an orderly end
 */
public record SessionEnd(int code, String reason, boolean hearPending, boolean byPeer, @Nullable Throwable fault) {

    /** Whether the socket was lost rather than closed by the client. Not asked about what the server decides. */
    boolean isLoss() {
        return !byPeer || CloseCode.isLoss(code);
    }

    /** The client closed, or its socket is gone. */
    public static SessionEnd byPeer(int code, String reason) {
        return new SessionEnd(code, reason, true, true, null);
    }

    /** The socket failed. */
    public static SessionEnd fault(Throwable fault) {
        return new SessionEnd(CloseCode.ABNORMAL, "the socket failed", true, false, fault);
    }

    /** The server ends it. */
    public static SessionEnd byServer(CloseCode code) {
        return byServer(code, code.reason());
    }

    /** The server ends it, for this reason. */
    public static SessionEnd byServer(CloseCode code, String reason) {
        return new SessionEnd(code.value(), reason, false, false, null);
    }
}
