package dev.cloudobjects.session;

/** Where a session is in its life. Only {@link Sessions} and {@link Attachments} change it. */
public enum SessionState {
    /** Its link is open; the connection event has not accepted it yet. */
    CONNECTING,
    /** Accepted: found by every index, listed, and heard. */
    OPEN,
    /** As open, but its link was lost: what is sent to it is kept for a while, for its client to come back. */
    AWAY,
    /** The server has decided to close it: found by no index and not heard; what is queued for it still leaves. */
    CLOSING,
    /** Ended. */
    CLOSED;

    /** Whether the connection event has yet to accept or refuse it. */
    public boolean isConnecting() {
        return this == CONNECTING;
    }

    /** Whether it was accepted and is neither closing nor closed. */
    public boolean isOpen() {
        return this == OPEN || this == AWAY;
    }

    /** Whether its link was lost, and its client may come back. */
    public boolean isAway() {
        return this == AWAY;
    }

    /** Whether server code finds it by its cid; false from the decision to close it on. */
    public boolean isAddressable() {
        return switch (this) {
            case CONNECTING, OPEN, AWAY -> true;
            case CLOSING, CLOSED -> false;
        };
    }

    /**
     * Whether messages that came from its client are still handled. Those that came before the client closed are; those
     * that came before the server decided to close are not.
     */
    public boolean isHeard() {
        return this != CLOSING;
    }

    /** Whether it has ended. */
    public boolean isClosed() {
        return this == CLOSED;
    }

    /** Whether this state may follow on another one. */
    boolean mayFollow(SessionState before) {
        return switch (this) {
            case CONNECTING -> false;
            case OPEN -> before == CONNECTING || before == AWAY;
            case AWAY -> before == OPEN;
            case CLOSING -> before.isAddressable();
            case CLOSED -> !before.isClosed();
        };
    }
}
