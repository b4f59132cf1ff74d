package dev.cloudobjects.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLimitsTest {

    private final JsonMapper mapper = new JsonMapper(TestLimits.LIMITS);

    @Test
    void shouldTakeJsonUpToItsLimits() {
        mapper.parse("[".repeat(32) + "]".repeat(32));
        mapper.parse("{\"a\":".repeat(32) + "1" + "}".repeat(32));
        mapper.parse(keys(1000));
        mapper.parse(elements(65536));
        mapper.parse("[" + "1".repeat(100) + ",-0." + "1".repeat(97) + ",1e9999]");
    }

    @ParameterizedTest
    @MethodSource("beyond")
    void shouldNameTheLimitThatIsExceeded(String json, String message) {
        MalformedMessage refusal = assertThrows(MalformedMessage.class, () -> mapper.parse(json));
        assertEquals(message, refusal.getMessage());
    }

    static Stream<Arguments> beyond() {
        return Stream.of(
                Arguments.of(
                        "[".repeat(33) + "]".repeat(33), "JSON is nested deeper than 32, at position 32"),
                Arguments.of(
                        keys(1001), "JSON has more than 1000 keys, at position " + (keys(1000).length())),
                Arguments.of(
                        elements(65537), "JSON has more than 65536 elements in lists, at position " + elements(65536).length()),
                Arguments.of(
                        "[" + "1".repeat(101) + "]", "JSON has a number longer than 100 characters, at position 1"),
                Arguments.of(
                        "1e10000", "malformed JSON at position 7: an exponent of more than 4 digits"));
    }

    /** The greatest inputs of their kinds: none may overflow the stack, or take 50 ms of the processor at its best. */
    @ParameterizedTest
    @MethodSource("huge")
    void shouldRefuseHugeInputAtOnce(String json) {
        for (int warm = 0; warm < 20; warm++) {
            assertThrows(MalformedMessage.class, () -> mapper.parse(json));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            // Time of this thread only: another process must not fail the test.
            long start = threads.getCurrentThreadCpuTime();
            assertThrows(MalformedMessage.class, () -> mapper.parse(json));
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        assertTrue(best < 50_000_000, "took " + best + " ns");
    }

    static Stream<String> huge() {
        return Stream.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "1".repeat(1_000_000),
                "1e" + "1".repeat(1_000_000),
                keys(100_000),
                "\"" + "a".repeat(1_000_000),
                "[" + "1,".repeat(500_000),
                elements(500_000),
                " ".repeat(1_000_000),
                "\"" + "\\ud83d\\udc4b".repeat(80_000) + "\\ud83d\"");
    }

    @Test
    void shouldScanAnyDepthWithoutLimits() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        int unlimited = Integer.MAX_VALUE;
        assertEquals('[', JsonScanner.scan(deep, new JsonLimits(unlimited, unlimited, unlimited, unlimited)).first());
    }

    @ParameterizedTest
    @CsvSource({"0,1,1,1,maxDepth", "1,0,1,1,maxKeys", "1,1,0,1,maxElements", "1,1,1,-1,maxNumberLength"})
    void shouldRefuseLimitsThatAllowNothing(int depth, int keys, int elements, int number, String name) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new JsonLimits(depth, keys, elements, number));
        assertTrue(refusal.getMessage().startsWith(name), refusal.getMessage());
    }

    /** So many, nearly all of them empty lists: the shortest that are objects in memory. */
    private static String elements(int count) {
        return "[[0]" + ",[]".repeat(count - 2) + "]";
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
