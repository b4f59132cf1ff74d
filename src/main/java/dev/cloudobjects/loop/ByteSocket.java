package dev.cloudobjects.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connected socket. No method waits for the client. Safe for use by many threads. */
public interface ByteSocket {

    /** Starts to read. Called once. */
    void start(Reader reader);

    /**
     * Writes bytes, after those of earlier calls: as many as the socket accepts at once, and the rest when it accepts more.
     *
     * @param done called once, on this thread or on that of the socket's event loop
     * @param bytes not changed by the caller afterwards
     */
    void write(Done done, ByteBuffer... bytes);

    /**
     * Writes the last bytes, and closes the output after them. Later writes fail; reading goes on. Otherwise as {@link #write}.
     */
    void writeLast(Done done, ByteBuffer... bytes);

    /** Closes the socket. Writes that have not ended fail. May be called again. */
    void close();

    /** Receives what is read, on one thread, which must not wait. */
    interface Reader {

        /**
         * Bytes were read.
         *
         * @param bytes valid until this returns
         * @param length how many of them, from index 0
         * @return for how many nanoseconds the socket is not read; 0 or less to read on
         */
        long read(byte[] bytes, int length);

        /** Nothing more is read. Called at most once. @param failure {@code null} when the client closed its output */
        void ended(@Nullable IOException failure);
    }

    /** Receives the result of a write. */
    @FunctionalInterface
    interface Done {
        /** @param failure {@code null} when all bytes were given to the operating system */
        void ended(@Nullable IOException failure);
    }
}
