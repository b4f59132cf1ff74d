package dev.cloudobjects.routing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Matches call urls against the patterns of permissions. An invalid pattern never matches and is reported. Safe for use by
 * many threads.
 */
public final class PermissionMatcher {

    /** The maximum length of a regular expression, in characters. */
    public static final int MAX_PATTERN_LENGTH = 512;

    /** The maximum length of a url for a regular expression; no valid call url is longer. */
    public static final int MAX_URL_LENGTH = ObjectPath.MAX_LENGTH + 1 + CallUrl.MAX_METHOD_LENGTH;

    private static final int CACHE_SIZE = 1000;

    /** The maximum number of character reads of a match, against catastrophic backtracking; usual patterns need 400. */
    private static final int MAX_READS = 100_000;

    /** The maximum product of the repetition counts in a pattern. */
    private static final int MAX_REPETITIONS = 100_000;

    /** A repetition count in braces; in {@code {2,5}} both numbers match, which makes the product only stricter. */
    private static final Pattern COUNT = Pattern.compile("(?<=[{,])(\\d{1,10})(?=[,}])");

    private final BiConsumer<String, String> problems;
    private final Map<String, Compiled> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
            return size() > CACHE_SIZE;
        }
    };

    /**
     * Creates a matcher with a cache.
     *
     * @param problems receives an invalid pattern and the reason, once while the pattern is in the cache
     */
    public PermissionMatcher(BiConsumer<String, String> problems) {
        this.problems = problems;
    }

    /** Mode 0: whether the url equals the pattern. */
    public boolean exact(String url, String pattern) {
        return url.equals(pattern);
    }

    /** Mode 1: whether the url matches the pattern, where {@code *} matches any text, also an empty one and slashes. */
    public boolean wildcard(String url, String pattern) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return url.equals(pattern);
        }
        String last = parts[parts.length - 1];
        int at = parts[0].length();
        if (!url.startsWith(parts[0]) || !url.endsWith(last) || url.length() < at + last.length()) {
            return false;
        }
        // The first occurrence of each part leaves the most text for the next parts, so no backtracking is needed.
        int end = url.length() - last.length();
        for (String part : Arrays.asList(parts).subList(1, parts.length - 1)) {
            int found = url.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    /** Mode 2: whether the regular expression matches the whole url. */
    public boolean regex(String url, String pattern) {
        if (url.length() > MAX_URL_LENGTH) {
            return false;
        }
        Compiled known = compiled(pattern);
        if (known.regex == null) {
            return false;
        }
        try {
            return known.regex.matcher(new Bounded(url)).matches();
        } catch (TooManyReads | StackOverflowError e) {
            // The pattern stays enabled: otherwise a client could disable it for other users by its choice of the url.
            report(known, pattern, "it takes too long to match '" + url + "'");
            return false;
        }
    }

    private Compiled compiled(String pattern) {
        synchronized (cache) {
            Compiled known = cache.get(pattern);
            if (known != null) {
                return known;
            }
        }
        Compiled fresh;
        String problem = "";
        try {
            fresh = new Compiled(compile(pattern));
        } catch (PatternSyntaxException e) {
            fresh = new Compiled(null);
            problem = e.getDescription();
        }
        synchronized (cache) {
            Compiled first = cache.putIfAbsent(pattern, fresh);
            fresh = first == null ? fresh : first;
        }
        if (fresh.regex == null) {
            report(fresh, pattern, problem);
        }
        return fresh;
    }

    private static Pattern compile(String pattern) {
        if (pattern.length() > MAX_PATTERN_LENGTH) {
            throw new PatternSyntaxException("longer than " + MAX_PATTERN_LENGTH + " characters", pattern, -1);
        }
        // Repeating an empty group, as (((){9999}){9999}){9999} does, reads no character and would bypass MAX_READS.
        long repetitions = 1;
        for (Matcher count = COUNT.matcher(pattern); count.find(); ) {
            repetitions *= Math.max(1, Long.parseLong(count.group(1)));
            if (repetitions > MAX_REPETITIONS) {
                throw new PatternSyntaxException("more than " + MAX_REPETITIONS + " repetitions in all", pattern, -1);
            }
        }
        return Pattern.compile(pattern);
    }

    private void report(Compiled compiled, String pattern, String problem) {
        if (compiled.reported.compareAndSet(false, true)) {
            problems.accept(pattern, problem);
        }
    }

    /** A pattern, {@code null} if it is malformed, and whether a problem with it was reported. */
    private static final class Compiled {
        private final @Nullable Pattern regex;
        private final AtomicBoolean reported = new AtomicBoolean();

        Compiled(@Nullable Pattern regex) {
            this.regex = regex;
        }
    }

    /** A text with a limited number of character reads, which stops catastrophic backtracking. */
    private static final class Bounded implements CharSequence {
        private final String text;
        private int reads;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++reads > MAX_READS) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyReads() {
            super("too many character reads", null, false, false);
        }
    }
}
