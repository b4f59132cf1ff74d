package dev.cloudobjects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages hang together: each link leads somewhere, and a translation keeps up with its original. */
class MarkdownTest {

    private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern INLINE_CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+)$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?:href|src|srcset)=\"([^\"\\s]+)\"");
    private static final Pattern OUTSIDE = Pattern.compile("^(https?|mailto):.*");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_ -]");
    /** What a build made or fetched. */
    private static final Pattern FETCHED = Pattern.compile("/(target|node_modules)/");

    private static final Pattern TRANSLATED = Pattern.compile("\\.zh-CN\\.md$");

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("docs", "examples", "benchmarks", "src/main/webapp/sdk", "src/test/resources/protocol")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                pages.addAll(files.filter(file -> !FETCHED.matcher(file.toString()).find()
                                && file.toString().endsWith(".md"))
                        .toList());
            }
        }
        try (Stream<Path> files = Files.list(Path.of(""))) {
            pages.addAll(files.filter(file -> file.toString().endsWith(".md")).toList());
        }
        return pages;
    }

    static List<Path> translations() throws IOException {
        return pages().stream()
                .filter(page -> TRANSLATED.matcher(page.toString()).find())
                .toList();
    }

    @Test
    void shouldFindPagesAndTranslations() throws IOException {
        assertFalse(pages().isEmpty());
        assertEquals(
                Set.of(Path.of("README.zh-CN.md"), Path.of("docs/coming-from-vk.zh-CN.md")),
                Set.copyOf(translations()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatIsThere(Path page) throws IOException {
        String text = INLINE_CODE
                .matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
                .replaceAll("");
        List<String> broken = LINK.matcher(text)
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(link -> !OUTSIDE.matcher(link).matches() && !leadsSomewhere(page, link))
                .toList();
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The anchors of the headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(FENCED.matcher(read(page)).replaceAll(""))
                .results()
                .map(heading -> NOT_IN_ANCHORS
                        .matcher(heading.group(1).toLowerCase(Locale.ROOT))
                        .replaceAll("")
                        .strip()
                        .replace(' ', '-'))
                .map(anchor -> {
                    int before = seen.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void shouldHaveTheCodeOfTheOriginal(Path page) {
        assertEquals(code(original(page)), code(page));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void shouldHaveTheHeadingsAndRowsOfTheOriginal(Path page) {
        assertEquals(outline(original(page)), outline(page));
    }

    private static Path original(Path page) {
        return Path.of(TRANSLATED.matcher(page.toString()).replaceAll(".md"));
    }

    private static String code(Path page) {
        return FENCED.matcher(read(page))
                .results()
                .map(block -> block.group())
                .collect(Collectors.joining("\n\n"));
    }

    /** A letter for each heading, row of a table and item of a list, in their order. */
    private static String outline(Path page) {
        return FENCED.matcher(read(page))
                .replaceAll("")
                .lines()
                .filter(line -> line.startsWith("#") || line.startsWith("|") || line.startsWith("* "))
                .map(line -> line.replaceFirst("^(#+|\\||\\*).*", "$1"))
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new AssertionError(page.toString(), e);
        }
    }
}
