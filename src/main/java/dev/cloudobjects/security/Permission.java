package dev.cloudobjects.security;

/**
 * A permission: a row of {@code uni-id-permissions}. Immutable.
 *
 * @param id the id ({@code permission_id})
 * @param url a call url, a pattern with {@code *} or a regular expression, according to the mode
 * @param mode how {@code url} is matched
 */
public record Permission(String id, String url, MatchMode mode) {

    /** How the url of a permission is matched against the url of a call. */
    public enum MatchMode {
        /** 0: equal text. */
        EXACT,
        /** 1: {@code *} matches any text, also across segments. */
        WILDCARD,
        /** 2: a regular expression that must match the whole url. */
        REGEX
    }
}
