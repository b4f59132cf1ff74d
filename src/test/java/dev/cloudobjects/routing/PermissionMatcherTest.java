package dev.cloudobjects.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionMatcherTest {

    private final List<String> problems = new ArrayList<>();
    private final PermissionMatcher matcher =
            new PermissionMatcher((pattern, problem) -> problems.add(pattern + ": " + problem));

    @ParameterizedTest
    @CsvSource({"a/b.c, a/b.c, true", "a/b.c, a/b.C, false", "a/b.c, a/b*, false", "a/bxc, a/b.c, false"})
    void shouldMatchExactly(String url, String pattern, boolean matches) {
        assertEquals(matches, matcher.exact(url, pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b.c,     *,       true",
        "a/b.c,     a/*,     true",
        "a/b/c.d,   a/*,     true",
        "a/b.c,     *.c,     true",
        "a/b.c,     a*c,     true",
        "a/b.c,     a/b.c,   true",
        "a/b.c,     a/b.c*,  true",
        "a/b.c,     a**c,    true",
        "a/bxc,     a/b.c,   false",
        "a/bxc,     a/b.*,   false",
        "xa/b.c,    a/*,     false",
        "a/b.cx,    *.c,     false",
        "aa,        aa*a,    false",
        "aba,       ab*ba,   false",
        "axbxc,     a*b*b*c, false",
        "a/b.c,     '',      false",
    })
    void shouldMatchWildcards(String url, String pattern, boolean matches) {
        assertEquals(matches, matcher.wildcard(url, pattern));
    }

    @Test
    void shouldMatchWildcardsAsARegularExpressionWould() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            String url = text(random, "ab", 8);
            String pattern = text(random, "ab*", 5);
            boolean expected = Pattern.matches(pattern.replace("*", ".*"), url);
            assertEquals(expected, matcher.wildcard(url, pattern), () -> url + " against " + pattern);
        }
    }

    @ParameterizedTest
    @CsvSource({"a/b.c, a/b\\.c, true", "a/b.c, a/.*, true", "a/b.c, b, false", "a/b.c, a/b, false", "xa/b.c, a/b.c, false"})
    void shouldMatchRegularExpressionsWhole(String url, String pattern, boolean matches) {
        assertEquals(matches, matcher.regex(url, pattern));
        assertEquals(List.of(), problems);
    }

    @Test
    void shouldReportAMalformedExpressionOnceAndNeverMatchIt() {
        assertFalse(matcher.regex("(", "("));
        assertFalse(matcher.regex("a/b.c", "("));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("(: "), problems.get(0));
    }

    @Test
    void shouldGiveUpOnAnExpressionThatExplodes() {
        String url = "a".repeat(60) + "!";
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertFalse(matcher.regex(url, "(a+)+\\1b")));
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("too long"), problems.get(0));
    }

    @Test
    void shouldKeepASlowExpressionForOtherUrls() {
        assertFalse(matcher.regex("a".repeat(60) + "!", "(a+)+\\1b"));
        assertTrue(matcher.regex("aab", "(a+)+\\1b"));
    }

    @Test
    void shouldNotUseAnExpressionBeyondItsLength() {
        assertTrue(matcher.regex("a", "a|" + "b".repeat(510)));
        assertFalse(matcher.regex("a", "a|" + "b".repeat(511)));
        assertEquals(1, problems.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(((){9999}){9999}){9999}a", "(){2000000000}a", "(){100001,}a", "(){1,99999999999}a"})
    void shouldNotUseAnExpressionThatRepeatsWithoutEnd(String pattern) {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertFalse(matcher.regex("a", pattern)));
        assertEquals(1, problems.size());
    }

    @Test
    void shouldUseAnExpressionThatRepeatsSensibly() {
        assertTrue(matcher.regex("abc/de.f", "[a-z]{1,20}/[a-z]{2}\\.[a-z]{1,}"));
    }

    @Test
    void shouldNotTryAUrlThatNamesNothing() {
        assertTrue(matcher.regex("a".repeat(385), "a+"));
        assertFalse(matcher.regex("a".repeat(386), "a+"));
    }

    @Test
    void shouldForgetPatternsBeyondItsCache() {
        assertFalse(matcher.regex("a", "("));
        for (int i = 0; i < 1000; i++) {
            assertFalse(matcher.regex("a", "b" + i));
        }
        assertFalse(matcher.regex("a", "("));
        assertEquals(2, problems.size(), "told again, so it was forgotten");
    }

    private static String text(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
