package dev.cloudobjects.api;

/** What a {@link Receipt} waits for. */
public enum Until {
    /** The message was given to the socket of the client. It says nothing about its arrival. */
    WRITTEN,
    /**
     * The client has the message: the SDK has received it and said so. Only clients that can resume their session confirm what
     * they receive; for all others the receipt fails at once with code 501.
     */
    ACKNOWLEDGED
}
