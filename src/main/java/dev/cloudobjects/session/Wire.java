package dev.cloudobjects.session;

import dev.cloudobjects.protocol.Encoded;
import org.jspecify.annotations.Nullable;

/** The port to the socket of one connection. */
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

    /** Sends a ping control frame; it may wait for the socket, so call it on a thread that can be lost. */
    void ping();

    /** Closes the socket; it may wait, so call it on a thread that can be lost. */
    void close(int code, String reason);

    /** The connection has ended: nothing more is written or read, but for a close. May be called before or after that. */
    default void over() {}

    /** Hears how a write ended. */
    @FunctionalInterface
    interface Done {
        /** @param failure what went wrong; {@code null} when the message was written */
        void ended(@Nullable Throwable failure);
    }
}
