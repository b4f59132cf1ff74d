package dev.cloudobjects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the page agree with each other, with the pom, and with the server's Content-Security-Policy. */
class PageFilesTest {

    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final Pattern TEXT = Pattern.compile("^    \"?([\\w.]+)\"?: \"(.*)\",$", Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\w+}");

    private final String page = read(WEBAPP.resolve("index.html"));

    @Test
    void shouldKeepToItsOwnContentSecurityPolicy() throws IOException {
        assertFalse(page.contains("<style"), "styles stand in a file of their own");
        assertFalse(Pattern.compile("<script(?![^>]* src=)").matcher(page).find(), "scripts, too");
        for (Path file : scripts()) {
            String source = read(file);
            assertFalse(Pattern.compile("\\sstyle=|unsafeHTML|innerHTML|\\beval\\(").matcher(source).find(), file.toString());
        }
    }

    /** An update would give the page another version's. */
    @Test
    void shouldLoadNothingLater() throws IOException {
        Pattern comment = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
        List<Path> modules = Stream.concat(scripts().stream(), scripts("sdk").stream()).toList();
        for (Path file : modules) {
            String source = comment.matcher(read(file)).replaceAll("");
            assertFalse(Pattern.compile("\\bimport\\s*\\(").matcher(source).find(), file.toString());
        }
    }

    @Test
    void shouldReferToFilesThatExist() throws IOException {
        for (String reference : all("(?:src|href)=\"([^/\"#][^\"]*)\"", page)) {
            assertTrue(Files.exists(WEBAPP.resolve(reference)), reference);
        }
        for (Path file : scripts()) {
            for (String reference : all("from \"(\\.[^\"]+)\"", read(file))) {
                boolean ofWebJar = reference.contains("/webjars/");
                assertTrue(ofWebJar || Files.exists(file.resolveSibling(reference)), file + " imports " + reference);
            }
        }
    }

    @Test
    void shouldImportTheVersionOfLitThatThePomBrings() {
        String version = all("<lit-html.version>([^<]+)<", read(Path.of("pom.xml"))).get(0);
        Set<String> imported = new TreeSet<>(all("/webjars/lit-html/([^/]+)/", read(WEBAPP.resolve("js/lit.js"))));
        assertEquals(Set.of(version), imported);
    }

    @Test
    void shouldShowTheVersionThatTheSdkHasAndThePom() {
        String pom = all("<version>([^<]+)</version>", read(Path.of("pom.xml"))).get(0);
        assertEquals(pom, all("export const version = \"([^\"]+)\"", read(WEBAPP.resolve("sdk/index.js"))).get(0));
    }

    /** The page says how long a name may be in all, the server what follows the first letter. */
    @Test
    void shouldAskForTheUsernamesThatTheServerTakes() {
        String server = read(Path.of("src/main/java/dev/cloudobjects/users/Credentials.java"));
        String rule = all("USERNAME = Pattern.compile\\(\"([^\"]+)\"\\)", server).get(0);
        assertEquals(List.of(rule), all("pattern=\\$\\{isNew \\? \"([^\"]+)\"", read(WEBAPP.resolve("js/views/login.js"))));
        Matcher lengths = Pattern.compile("\\[A-Za-z]\\[A-Za-z0-9_]\\{(\\d+),(\\d+)}").matcher(rule);
        assertTrue(lengths.matches(), rule);
        for (String language : List.of("en", "zh")) {
            String hint = all("login\\.usernameHint\": \"([^\"]+)\"", read(WEBAPP.resolve("js/i18n/" + language + ".js"))).get(0);
            assertEquals(
                    List.of(1 + Integer.parseInt(lengths.group(1)), 1 + Integer.parseInt(lengths.group(2))),
                    all("(\\d+)", hint).stream().map(Integer::valueOf).toList());
        }
    }

    @Test
    void shouldSayTheSameInBothLanguages() {
        String english = read(WEBAPP.resolve("js/i18n/en.js"));
        String chinese = read(WEBAPP.resolve("js/i18n/zh.js"));
        assertEquals(placeholders(english), placeholders(chinese));
    }

    @Test
    void shouldHaveATextForEveryKeyThatIsAskedFor() throws IOException {
        Set<String> known = placeholders(read(WEBAPP.resolve("js/i18n/en.js"))).lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Path file : scripts()) {
            for (String key : all("\\bt\\(\"([\\w.]+)\"", read(file))) {
                assertTrue(known.contains(key), file + " asks for " + key);
            }
        }
    }

    /** Each key with the parameters of its text, in the order of the file. */
    private static String placeholders(String texts) {
        return TEXT.matcher(texts)
                .results()
                .map(text -> text.group(1) + " "
                        + PLACEHOLDER.matcher(text.group(2))
                                .results()
                                .map(MatchResult::group)
                                .sorted()
                                .toList())
                .collect(Collectors.joining("\n"));
    }

    private static List<Path> scripts() throws IOException {
        return scripts("js");
    }

    private static List<Path> scripts(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(WEBAPP.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        }
    }

    private static List<String> all(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        List<String> found = matcher.results().map(match -> match.group(1)).toList();
        assertFalse(found.isEmpty() && pattern.startsWith("<"), pattern);
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
