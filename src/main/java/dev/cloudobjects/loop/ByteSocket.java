package dev.cloudobjects.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connected socket. Nothing here waits for the client. Safe for use by many threads. */
public interface ByteSocket {

    /** Begins to read. Called once. */
    void start(Reader reader);

    /**
     * Writes these bytes, behind what waits: at once what the socket takes, and the rest when it takes more.
     *
     * @param done called once: on this thread, or on that of the socket's loop
     * @param bytes left to the socket
     */
    void write(Done done, ByteBuffer... bytes);

    /**
     * Writes these bytes as the last ones, and closes this direction behind them: what is to be written then fails, and what
     * comes is read on. Otherwise as {@link #write}.
     */
    void writeLast(Done done, ByteBuffer... bytes);

    /** Ends the connection, without what waits: its writes fail. May be called again. */
    void close();

    /** Hears what comes, on one thread, which must not wait. */
    interface Reader {

        /**
         * Bytes came.
         *
         * @param bytes theirs until it returns, from 0
         * @param length how many
         * @return for how many nanoseconds nothing more is to be read, so that the client has to wait; 0 or less to read on
         */
        long read(byte[] bytes, int length);

        /** Nothing comes any more. Called once at most. @param failure {@code null} when the client has closed */
        void ended(@Nullable IOException failure);
    }

    /** Hears how a write ended. */
    @FunctionalInterface
    interface Done {
        /** @param failure what went wrong; {@code null} when all was given to the socket */
        void ended(@Nullable IOException failure);
    }
}
