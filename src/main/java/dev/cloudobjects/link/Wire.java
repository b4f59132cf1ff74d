package dev.cloudobjects.link;

import dev.cloudobjects.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/** The port to one socket. */
public interface Wire {

    /**
     * Starts writing a message. At most one write is in progress at a time; the caller sees to that.
     *
     * @param done called once when the write ended, from any thread, possibly before this method returns; a transport
     *     may fail to call it, so nothing may wait for it
     * @throws RuntimeException when the write can't be started; {@code done} is not called then
     */
    void send(Encoded message, Done done);

    /** Whether what it sends can be read by this client only. Called from any thread. */
    default boolean encrypts() {
        return false;
    }

    /** Sends a ping control frame; it may wait for the socket, so call it on a thread that may be lost. */
    void ping();

    /** Closes the socket; it may wait, so call it on a thread that may be lost. */
    void close(int code, String reason);

    /** The link has ended: nothing is written or read any more. A close may come before this call or after it. */
    default void over() {}

    /** Told how a write ended. */
    @FunctionalInterface
    interface Done {
        /** @param failure what went wrong; {@code null} when the message was written */
        void ended(@Nullable Throwable failure);
    }
}
