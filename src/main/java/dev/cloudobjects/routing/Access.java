package dev.cloudobjects.routing;

import java.util.Locale;

/** Who may call. In the order of strictness, so the greater of two is the one that counts. */
public enum Access {
    /** Anyone. */
    PUB,
    /** A logged-in user. */
    KH,
    /** A user whose roles allow it. */
    SYS;

    /** The name as paths and methods have it, for example {@code "kh"}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
