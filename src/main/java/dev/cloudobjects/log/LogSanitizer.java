package dev.cloudobjects.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sanitizes client-supplied text for the log: one line, bounded length, no control characters.
 */
final class LogSanitizer {

    private static final int MAX_LENGTH = 500;

    /** Control and format characters, line and paragraph separators, unpaired surrogates. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private LogSanitizer() {}

    /** The value as text on one line, cut at {@value #MAX_LENGTH} characters; unsafe characters become {@code ?}. */
    static String text(@Nullable Object value) {
    String whole = String.valueOf(value);
    String head = whole.length() <= MAX_LENGTH ? whole : whole.substring(0, MAX_LENGTH) + "…";
    return UNSAFE.matcher(head).replaceAll("?");
    }

    /**
     * The throwable itself if all its messages are safe, otherwise a copy with sanitized messages: a message may repeat
     * what a client sent.
     */
    static Throwable thrown(Throwable thrown) {
    return isSafe(thrown, 0) ? thrown : new SanitizedThrowable(thrown, 0);
    }

    private static boolean isSafe(@Nullable Throwable thrown, int depth) {
        if (thrown == null) {
            return true;
        }
        if (depth > SanitizedThrowable.MAX_DEPTH || !text(thrown).equals(thrown.toString())) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isSafe(suppressed, depth + 1)) {
                return false;
            }
        }
        return isSafe(thrown.getCause(), depth + 1);
    }

    /** Prints like the original, with sanitized messages. */
    private static final class SanitizedThrowable extends Throwable {
        private static final long serialVersionUID = 1L;
        private static final int MAX_DEPTH = 20;

        private final String description;

        SanitizedThrowable(Throwable thrown, int depth) {
            super(null, cause(thrown, depth), true, true);
            this.description = text(thrown);
            setStackTrace(thrown.getStackTrace());
            if (depth < MAX_DEPTH) {
                for (Throwable suppressed : thrown.getSuppressed()) {
                    addSuppressed(new SanitizedThrowable(suppressed, depth + 1));
                }
            }
        }

        private static @Nullable Throwable cause(Throwable thrown, int depth) {
            Throwable cause = thrown.getCause();
            return cause == null || depth == MAX_DEPTH ? null : new SanitizedThrowable(cause, depth + 1);
        }

        @Override
        public String toString() {
            return description;
        }
    }
}
