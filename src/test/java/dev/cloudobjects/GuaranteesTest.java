package dev.cloudobjects;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** Each promise of the page of guarantees names tests that exist. */
class GuaranteesTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final String HEAD = "| promise | limit | proved by |";
    private static final Pattern NAMED = Pattern.compile("`(\\w+)((?:\\.[A-Z]\\w*)*)\\.(should\\w+)`");

    private static List<String> promises() throws IOException {
        String page = Files.readString(Path.of("docs/guarantees.md"));
        return page.substring(0, page.indexOf("## What we do not promise"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.equals(HEAD))
                .toList();
    }

    private static List<MatchResult> named(String promise) {
        return NAMED.matcher(promise).results().toList();
    }

    @Test
    void shouldBeMany() throws IOException {
        assertTrue(promises().size() > 15, () -> "the page is written in another way");
    }

    @ParameterizedTest
    @MethodSource("promises")
    void shouldBeProvedByTestsThatExist(String promise) throws Exception {
        assertFalse(named(promise).isEmpty(), promise);
        for (MatchResult name : named(promise)) {
            assertTrue(isTest(type(name.group(1), name.group(2)), name.group(3)), name.group());
        }
    }

    /** Nothing else in the last cell: a name that is misspelt would not be found. */
    @ParameterizedTest
    @MethodSource("promises")
    void shouldNameNothingButTests(String promise) {
        String cells = promise.replaceAll(" \\|$", "");
        String proof = cells.substring(cells.lastIndexOf("| ") + 2);
        assertTrue(NAMED.matcher(proof).replaceAll("").replace(",", "").isBlank(), proof);
    }

    private static Class<?> type(String name, String nested) throws IOException, ClassNotFoundException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(TESTS)) {
            files = all.filter(file -> file.endsWith(name + ".java")).toList();
        }
        assertTrue(files.size() == 1, () -> name + " is " + files);
        String outer = TESTS.relativize(files.get(0)).toString().replaceAll("\\.java$", "").replace('/', '.');
        return Class.forName(outer + nested.replace('.', '$'), false, GuaranteesTest.class.getClassLoader());
    }

    private static boolean isTest(Class<?> type, String name) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .anyMatch(GuaranteesTest::isTest);
    }

    private static boolean isTest(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class);
    }
}
