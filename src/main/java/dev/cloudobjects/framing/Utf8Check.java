package dev.cloudobjects.framing;

/**
 * Checks whether bytes that are read in any pieces are UTF-8. Overlong forms, surrogates and code points above U+10FFFF are refused.
 * Used by one thread at a time.
 */
final class Utf8Check {

    private static final int CONTINUATION_LEAST = 0x80;
    private static final int CONTINUATION_MOST = 0xbf;

    /** How many bytes of the current character are missing, and the range of the next one. */
    private int missing;

    private int least = CONTINUATION_LEAST;
    private int most = CONTINUATION_MOST;

    /** Whether these bytes may follow the earlier ones. After {@code false} the check may not be used again. */
    boolean accepts(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            // ASCII needs no check.
            if ((next < 0 || missing > 0) && !accepts(next & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last character is complete. */
    boolean isWhole() {
        return missing == 0;
    }

    private boolean accepts(int next) {
        if (missing == 0) {
            return begins(next);
        }
        if (next < least || next > most) {
            return false;
        }
        missing--;
        least = CONTINUATION_LEAST;
        most = CONTINUATION_MOST;
        return true;
    }

    /** The first byte of a character says how long it is, and the second one's range (Unicode, table 3-7). */
    private boolean begins(int first) {
        if (first >= 0xc2 && first <= 0xdf) {
            missing = 1;
        } else if (first >= 0xe0 && first <= 0xef) {
            missing = 2;
            least = first == 0xe0 ? 0xa0 : CONTINUATION_LEAST;
            most = first == 0xed ? 0x9f : CONTINUATION_MOST;
        } else if (first >= 0xf0 && first <= 0xf4) {
            missing = 3;
            least = first == 0xf0 ? 0x90 : CONTINUATION_LEAST;
            most = first == 0xf4 ? 0x8f : CONTINUATION_MOST;
        } else {
            return false;
        }
        return true;
    }
}
