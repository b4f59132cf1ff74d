package dev.cloudobjects.trace;

import java.util.regex.Pattern;

/** Hides what is secret in JSON, by the names of its members. */
final class Secrets {

    private static final int LONGEST = 1000;

    /** A member whose name speaks of a secret, and its value, to the next comma or end where it is no text. */
    private static final Pattern SECRET = Pattern.compile(
            "(\"[^\"\\\\]{0,100}(?:pass|pwd|token|secret|ticket|authorization|cookie|credential|key)[^\"\\\\]{0,100}\"\\s{0,9}:\\s{0,9})"
                    + "(?:\"(?:[^\"\\\\]|\\\\.)*+\"?|[{\\[].*+|[^,}\\]]*+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Secrets() {}

    static String hidden(String json) {
        String head = json.length() <= LONGEST ? json : json.substring(0, LONGEST);
        return SECRET.matcher(head).replaceAll("$1\"…\"");
    }
}
