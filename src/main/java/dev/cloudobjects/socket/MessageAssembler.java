package dev.cloudobjects.socket;

import dev.cloudobjects.protocol.Encoded;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assembles messages from fragments, and limits their size and number of fragments, because the container limits the size of a
 * single frame only. Used by one thread at a time.
 */
final class MessageAssembler {

    private final int maxBytes;
    private final int maxFragments;
    private int fragments;
    private long bytes;
    private @Nullable StringBuilder text;
    private @Nullable ByteArrayOutputStream binary;

    MessageAssembler(int maxBytes, int maxFragments) {
        this.maxBytes = maxBytes;
        this.maxFragments = maxFragments;
    }

    /** Adds a fragment of a text message. @return the message, with its last fragment @throws TooLargeException when it exceeds a limit */
    Optional<String> add(String part, boolean last) throws TooLargeException {
        count(Encoded.utf8Length(part));
        if (last && text == null) {
            reset();
            return Optional.of(part);
        }
        StringBuilder all = text == null ? new StringBuilder() : text;
        text = all;
        all.append(part);
        if (!last) {
            return Optional.empty();
        }
        reset();
        return Optional.of(all.toString());
    }

    /** Adds a fragment of a binary message. @return the message, with its last fragment @throws TooLargeException when it exceeds a limit */
    Optional<byte[]> add(byte[] part, boolean last) throws TooLargeException {
        count(part.length);
        if (last && binary == null) {
            reset();
            return Optional.of(part);
        }
        ByteArrayOutputStream all = binary == null ? new ByteArrayOutputStream() : binary;
        binary = all;
        all.write(part, 0, part.length);
        if (!last) {
            return Optional.empty();
        }
        reset();
        return Optional.of(all.toByteArray());
    }

    /** The size of the incomplete message, in bytes; 0 without one. */
    int bytes() {
        return (int) bytes;
    }

    /** Whether a message is incomplete. */
    boolean isIncomplete() {
        return fragments > 0;
    }

    private void count(int more) throws TooLargeException {
        fragments++;
        bytes += more;
        if (bytes > maxBytes) {
            throw new TooLargeException("a message may have " + maxBytes + " bytes");
        }
        if (fragments > maxFragments) {
            throw new TooLargeException("a message may have " + maxFragments + " fragments");
        }
    }

    private void reset() {
        fragments = 0;
        bytes = 0;
        text = null;
        binary = null;
    }

    /** A message exceeds a limit. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
