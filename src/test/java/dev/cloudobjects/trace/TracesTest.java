package dev.cloudobjects.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.log.TraceLine;
import dev.cloudobjects.log.TraceLines;
import dev.cloudobjects.trace.Trace.Subject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TracesTest {

    private static final Subject ANN = new Subject(null, "ann");
    private static final Duration TIME = Duration.ofMinutes(10);

    private long now = 1;
    private int changes;
    private final Traces traces = new Traces(() -> now);
    private final TraceLines lines = new TraceLines();

    TracesTest() {
        traces.onChange(() -> changes++);
    }

    @AfterEach
    void stop() {
        lines.close();
    }

    private Trace begin(Subject subject) {
        return traces.begin(subject, TIME, false).orElseThrow();
    }

    @Test
    void shouldFindWhatIsTraced() {
        begin(ANN);
        begin(new Subject("c2", null));
        assertNotNull(traces.of("c1", "ann"));
        assertNotNull(traces.of("c2", null));
        assertNull(traces.of("c1", "bob"));
        assertNull(traces.of("ann", null));
        assertEquals(2, changes);
    }

    @Test
    void shouldBeOfAConnectionOrOfAUser() {
        assertThrows(IllegalArgumentException.class, () -> new Subject(null, null));
        assertThrows(IllegalArgumentException.class, () -> new Subject("c", "u"));
    }

    @Test
    void shouldEndByItself() {
        Trace trace = begin(ANN);
        now += TIME.toNanos() - 1;
        traces.tick();
        assertEquals(List.of(trace), traces.all());
        assertEquals(Duration.ofNanos(1), traces.left(trace));
        now++;
        traces.tick();
        assertEquals(List.of(), traces.all());
        assertNull(traces.of("c1", "ann"));
        trace.write(TraceLine.ACCEPTED, "c1");
        assertEquals(
                List.of(
                        "COBJ7001I: trace t1 of \"user=ann\" started, for PT10M",
                        "COBJ7002I: trace t1 of \"user=ann\" ended: \"its time is over\""),
                lines.lines());
        assertEquals(2, changes);
    }

    @Test
    void shouldEndWhenItIsToldTo() {
        Trace trace = begin(ANN);
        assertFalse(traces.end("t7"));
        assertTrue(traces.end(trace.id()));
        assertFalse(traces.end(trace.id()));
        assertEquals(List.of(), traces.all());
    }

    @Test
    void shouldRunSoManyAtATime() {
        for (int i = 0; i < Traces.MOST; i++) {
            begin(new Subject("c" + i, null));
        }
        assertTrue(traces.begin(ANN, TIME, false).isEmpty());
        traces.end("t1");
        assertTrue(traces.begin(ANN, TIME, false).isPresent());
    }

    @Test
    void shouldWriteSoManyLines() {
        Trace trace = begin(ANN);
        for (int i = 0; i < Trace.MAX_LINES + 100; i++) {
            trace.write(TraceLine.ACCEPTED, "c1");
        }
        assertEquals(Trace.MAX_LINES, trace.lines());
        assertEquals(Trace.MAX_LINES + 1, lines.lines().size());
        traces.tick();
        assertEquals(List.of(), traces.all());
        assertEquals("COBJ7002I: trace t1 of \"user=ann\" ended: \"10000 lines are written\"", lines.lines().get(Trace.MAX_LINES + 1));
    }

    @Test
    void shouldTellOfAttemptsOfItsUserOnly() {
        begin(ANN);
        traces.refused("ann", "chat/room", 403, "it needs\nthe role");
        traces.refused("bob", "chat/room", 403, "no");
        traces.refused(null, "chat/room", 403, "no");
        assertEquals(
                List.of("COBJ7003I: trace t1: connecting to \"chat/room\" was refused: 403 \"it needs\\u000athe role\""),
                lines.lines().subList(1, lines.lines().size()));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"a\":1} | {\"a\":1}",
                "{\"password\":\"x\\\"y\",\"a\":1} | {\"password\":\"…\",\"a\":1}",
                "{\"uniIdToken\" : 7,\"a\":1} | {\"uniIdToken\" : \"…\",\"a\":1}",
                "{\"a\":{\"Authorization\":null}} | {\"a\":{\"Authorization\":\"…\"}}",
                "{\"secrets\":[\"a\",\"b\"],\"c\":1} | {\"secrets\":\"…\"",
                "{\"token\":\"cut | {\"token\":\"…\"",
            })
    void shouldShowNoSecrets(String json, String shown) {
        Trace trace = traces.begin(ANN, TIME, true).orElseThrow();
        assertEquals(shown, new ConnectionTrace(trace, "c").shown(json, false));
        assertEquals("encrypted", new ConnectionTrace(trace, "c").shown(json, true));
        assertEquals("binary", new ConnectionTrace(trace, "c").shown(null, false));
    }

    @Test
    void shouldShowNoDataUnlessItIsAskedFor() {
        assertEquals("-", new ConnectionTrace(begin(ANN), "c").shown("{}", false));
    }

    @ParameterizedTest
    @EnumSource(TraceLine.class)
    void shouldHaveAnIdOfItsOwn(TraceLine line) {
        assertTrue(line.id().matches("COBJ7\\d{3}I"), line.id());
        assertTrue(line.text().startsWith(line.id() + ": trace {0}"), line.text());
        assertEquals(1, Arrays.stream(TraceLine.values()).filter(other -> other.id().equals(line.id())).count());
    }
}
