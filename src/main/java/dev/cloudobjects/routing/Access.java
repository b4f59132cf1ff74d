package dev.cloudobjects.routing;

import java.util.Locale;

/** The access level of a method, in ascending order of strictness. */
public enum Access {
    /** Everybody may call. */
    PUB,
    /** Users with a login may call. */
    KH,
    /** Users with the role admin or a matching permission may call. */
    SYS;

    /** The word for this level in paths and method names, for example {@code "kh"}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
