package dev.cloudobjects;

import static dev.cloudobjects.DocumentTables.row;
import static dev.cloudobjects.DocumentTables.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.log.Audit;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.observe.Gauge;
import dev.cloudobjects.observe.Meters.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that list what the code has list all of it, in its words, and nothing else. */
class DocumentationTest {

    private static final Pattern FEATURE = Pattern.compile("<feature>(.*?)</feature>");
    private static final Pattern DEFENCE = Pattern.compile("<executor .*?/>|(read|write|inactivity)Timeout=\"\\w+\"");

    @Test
    void shouldListEveryKey() throws IOException {
        List<String> expected = Keys.all().stream()
                .map(key -> row(
                        key.name(),
                        key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
                        key.kind(),
                        key.meaning()))
                .toList();
        assertEquals(lines(expected), lines(rows("configuration.md", "cloudobjects.")));
    }

    @Test
    void shouldListEveryMeter() throws IOException {
        List<String> expected = Stream.of(Meter.values())
                .map(meter -> row("cloudobjects_" + meter.metric().replace('.', '_') + "_total", meter.help()))
                .toList();
        List<String> listed = new ArrayList<>(rows("operations.md", "cloudobjects_"));
        listed.removeIf(row -> !row.contains("_total`"));
        assertEquals(lines(expected), lines(listed));
    }

    @Test
    void shouldListEveryGauge() throws IOException {
        List<String> expected = Stream.of(Gauge.values())
                .map(gauge -> row("cloudobjects_" + gauge.metric().replace('.', '_'), gauge.help()))
                .toList();
        List<String> listed = new ArrayList<>(rows("operations.md", "cloudobjects_"));
        listed.removeIf(row -> row.contains("_total`"));
        assertEquals(lines(expected), lines(listed));
    }

    @Test
    void shouldListEveryLogMessage() throws IOException {
        List<String> expected = Stream.of(
                        Stream.of(Log.values()).map(log -> message(log.id(), log.text())),
                        Stream.of(Audit.values()).map(audit -> message(audit.id(), audit.text())),
                        Stream.of(TraceLine.values()).map(line -> message(line.id(), line.text())))
                .flatMap(messages -> messages)
                .toList();
        assertEquals(lines(expected), lines(rows("operations.md", "COBJ")));
    }

    private static String message(String id, String text) {
        return row(id, "`" + text.substring(id.length() + 2) + "`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/operations.md",
                "src/test/liberty/server.xml",
                "examples/own-app/src/main/liberty/config/server.xml"
            })
    void shouldAskForTheSameOfEveryServer(String file) throws IOException {
        List<String> known = found(FEATURE, "src/main/liberty/config/server.xml");
        assertEquals(known, found(FEATURE, file).subList(0, known.size()));
        List<String> defence = found(DEFENCE, "src/main/liberty/config/server.xml");
        assertEquals(4, defence.size());
        assertEquals(defence, found(DEFENCE, file));
    }

    /** Its demo has accounts with a password that everyone knows. */
    @Test
    void shouldShowTheServerOfLibertyDevToThisMachineOnly() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.contains("<dev.host>localhost</dev.host>"));
        assertTrue(pom.contains("<http.host>${dev.host}</http.host>"));
        assertTrue(Files.readString(Path.of("src/main/liberty/config/server.xml")).contains("host=\"${http.host}\""));
    }

    /** What the page for those who come from VK shows is the object that a test runs. */
    @ParameterizedTest
    @ValueSource(strings = {"docs/coming-from-vk.md", "docs/coming-from-vk.zh-CN.md"})
    void shouldShowThePortThatIsTested(String page) throws IOException {
        String tested = Files.readString(Path.of("src/test/java/dev/cloudobjects/it/objects/PageExample.java"));
        String methods = tested.substring(tested.indexOf("    public record Said"));
        assertTrue(Files.readString(Path.of(page)).contains(methods), "the example is another one");
    }

    private static List<String> found(Pattern what, String file) throws IOException {
        return what.matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static String lines(List<String> rows) {
        return String.join("\n", rows);
    }
}
