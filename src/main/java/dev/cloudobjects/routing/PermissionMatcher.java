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
 * Matches urls against the patterns of permissions. A pattern that can't be used never matches and is reported. Safe
 * for use by many threads.
 */
public final class PermissionMatcher {

    /** The longest regular expression that is used, in characters. */
    public static final int MAX_PATTERN_LENGTH = 512;

    /** The longest url that a regular expression is tried on: more than any url that names an object and a method. */
    public static final int MAX_URL_LENGTH = ObjectPath.MAX_LENGTH + 1 + CallUrl.MAX_METHOD_LENGTH;

    private static final int CACHE_SIZE = 1000;

    /** How many characters of the url a match may look at: sane patterns need about one look each, 400 in all. */
    private static final int MAX_LOOKS = 100_000;

    /** The most that the counts of a pattern's repetitions may come to when multiplied. */
    private static final int MAX_REPETITIONS = 100_000;

    /** A count in braces: of {@code {2,5}} both numbers, which is more than need be and does no harm. */
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
     * A matcher with a cache of its own.
     *
     * @param problems is told a pattern and what is wrong with it, once while the pattern is remembered
     */
    public PermissionMatcher(BiConsumer<String, String> problems) {
        this.problems = problems;
    }

    /** Mode 0: whether the url is the pattern. */
    public boolean exact(String url, String pattern) {
        return url.equals(pattern);
    }

    /** Mode 1: whether the url is the pattern when each {@code *} stands for any text, also none and across slashes. */
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
        // Taking each part at its first place leaves the most room for those behind it: no way back is needed.
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
        } catch (TooManyLooks | StackOverflowError e) {
            // The pattern stays in use: whoever may choose the url shall not be able to switch it off for others.
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
        // Repeating nothing at all, as (((){9999}){9999}){9999} does, looks at no character and would escape the bound.
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

    /** A pattern, {@code null} when it is malformed, and whether a problem with it was told. */
    private static final class Compiled {
        private final @Nullable Pattern regex;
        private final AtomicBoolean reported = new AtomicBoolean();

        Compiled(@Nullable Pattern regex) {
            this.regex = regex;
        }
    }

    /** A text that can be looked at a limited number of times, which ends a match that tries endless combinations. */
    private static final class Bounded implements CharSequence {
        private final String text;
        private int looks;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks > MAX_LOOKS) {
                throw new TooManyLooks();
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

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super("too many looks", null, false, false);
        }
    }
}
