package dev.cloudobjects.session;

/** Where a connection is in its life. It only ever moves down this list. */
public enum ConnectionState {
    /** The socket is open; the connection event has not accepted it yet. */
    CONNECTING,
    /** Accepted: addressable, listed, and heard. */
    OPEN,
    /** Told to close: no longer addressable nor heard; what is queued for it still leaves. */
    CLOSING,
    /** Ended. */
    CLOSED
}
