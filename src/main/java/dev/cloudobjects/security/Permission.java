package dev.cloudobjects.security;

/**
 * A row of {@code uni-id-permissions}: the urls that it opens.
 *
 * @param id its id ({@code permission_id})
 * @param url a url, a pattern with {@code *}, or a regular expression, as the mode says
 * @param mode how {@code url} is matched
 */
public record Permission(String id, String url, MatchMode mode) {

    /** How the url of a permission is matched against that of a call. */
    public enum MatchMode {
        /** 0: the same text. */
        EXACT,
        /** 1: {@code *} stands for any text within or across segments. */
        WILDCARD,
        /** 2: a regular expression that must match the whole url. */
        REGEX
    }
}
