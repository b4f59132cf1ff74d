package dev.cloudobjects.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes what clients say fit for a log: one line, of bounded length, without what a terminal or a viewer would obey.
 */
final class Harmless {

    private static final int LONGEST = 500;

    /** Control characters of both kinds, separators of lines, marks that turn the direction, halves of pairs. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Harmless() {}

    /** A text on one line. */
    static String text(@Nullable Object said) {
        String whole = String.valueOf(said);
        String head = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
        return HARMFUL.matcher(head).replaceAll("?");
    }

    /** What was thrown, whose messages may repeat what a client sent: the same, or a likeness on single lines. */
    static Throwable thrown(Throwable thrown) {
        return isHarmless(thrown, 0) ? thrown : new Likeness(thrown, 0);
    }

    private static boolean isHarmless(@Nullable Throwable thrown, int depth) {
        if (thrown == null) {
            return true;
        }
        if (depth > Likeness.DEEPEST || !text(thrown).equals(thrown.toString())) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isHarmless(suppressed, depth + 1)) {
                return false;
            }
        }
        return isHarmless(thrown.getCause(), depth + 1);
    }

    /** Prints as what was thrown, but for its messages. */
    private static final class Likeness extends Throwable {
        private static final long serialVersionUID = 1L;
        private static final int DEEPEST = 20;

        private final String description;

        Likeness(Throwable thrown, int depth) {
            super(null, cause(thrown, depth), true, true);
            this.description = text(thrown);
            setStackTrace(thrown.getStackTrace());
            if (depth < DEEPEST) {
                for (Throwable suppressed : thrown.getSuppressed()) {
                    addSuppressed(new Likeness(suppressed, depth + 1));
                }
            }
        }

        private static @Nullable Throwable cause(Throwable thrown, int depth) {
            Throwable cause = thrown.getCause();
            return cause == null || depth == DEEPEST ? null : new Likeness(cause, depth + 1);
        }

        @Override
        public String toString() {
            return description;
        }
    }
}
