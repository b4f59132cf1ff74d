package dev.cloudobjects.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.api.Code;
import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of {@code docs/protocol.md} say what the code says. */
class ProtocolPageTest {

    private static final Path PAGE = Path.of("docs", "protocol.md");

    @Test
    void shouldListAllCloseCodes() throws IOException {
        assertEquals(
                Stream.of(CloseCode.values())
                        .map(code -> "| %d | %s | %s | %s |"
                                .formatted(code.value(), code, code.mayReconnect() ? "yes" : "no", code.reason()))
                        .toList(),
                rows("## Close codes"));
    }

    @Test
    void shouldListAllErrorCodes() throws IOException {
        assertEquals(
                Stream.of(Code.values())
                        .map(code -> "| %d | %s | %s |".formatted(code.value(), code, code.message()))
                        .toList(),
                rows("## Error codes"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void shouldNameTheDefaultLimits(int value, String row) throws IOException {
        assertTrue(
                rows("## Limits").stream()
                        .anyMatch(line -> line.startsWith("| " + row) && line.contains("| " + value + " |")),
                row);
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(Settings.defaults().get(Keys.MESSAGE_MAX_BYTES), "bytes of a message"),
                Arguments.of(64, "fragments of a message"),
                Arguments.of(Settings.defaults().get(Keys.JSON_MAX_DEPTH), "depth"),
                Arguments.of(Settings.defaults().get(Keys.JSON_MAX_KEYS), "keys"),
                Arguments.of(Settings.defaults().get(Keys.JSON_MAX_ELEMENTS), "elements"),
                Arguments.of(Settings.defaults().get(Keys.JSON_MAX_NUMBER_LENGTH), "characters of a number"));
    }

    @Test
    void shouldNameAllEventsAndDialects() throws IOException {
        String page = Files.readString(PAGE);
        for (EventType type : EventType.values()) {
            assertTrue(page.contains("`" + type.wireName() + "`"), type.wireName());
        }
        for (Dialect dialect : Dialect.values()) {
            assertTrue(page.contains("## Dialect `" + dialect.label() + "`"), dialect.label());
        }
    }

    /** The rows of the first table under a heading, without its head. */
    private static List<String> rows(String heading) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals(heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }
}
