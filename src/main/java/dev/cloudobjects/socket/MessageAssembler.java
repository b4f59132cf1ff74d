package dev.cloudobjects.socket;

import dev.cloudobjects.protocol.Encoded;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of one message together and counts them, because the container checks the size of a single frame
 * only. Used by one thread at a time.
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

    /** Takes a fragment of a text; the whole text with its last one. @throws TooLargeException when it is too large */
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

    /** Takes a fragment of binary data; all of it with its last one. @throws TooLargeException when it is too large */
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

    /** The bytes that are kept of a message that has begun. */
    int bytes() {
        return (int) bytes;
    }

    /** Whether a message has begun and its last fragment is yet to come. */
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

    /** A message is larger than it may be. */
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
