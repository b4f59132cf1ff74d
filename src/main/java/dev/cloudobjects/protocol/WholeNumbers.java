package dev.cloudobjects.protocol;

/** Whole numbers as they travel: decimal digits, not larger than what is exact in JavaScript. */
final class WholeNumbers {

    /** The largest whole number that is exact in JavaScript. */
    static final long MAX = (1L << 53) - 1;

    private static final int MOST_DIGITS = 16;

    private WholeNumbers() {}

    /** The number that a text is; -1 when it is none from 0 to {@link #MAX}. */
    static long find(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = digits ? Long.parseLong(text) : -1;
        return value <= MAX ? value : -1;
    }
}
