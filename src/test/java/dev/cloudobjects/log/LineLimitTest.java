package dev.cloudobjects.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineLimitTest {

    private static final String ANN = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final Audit.Actor ACTOR = new Audit.Actor("ann", ANN, "http a/b.c", "r-1");

    private long now = 1;
    private final LineLimit limit = new LineLimit(3, () -> now);
    private final LogLines log = new LogLines();
    private final AuditLines audit = new AuditLines();

    LineLimitTest() {
        LineLimit.install(limit);
    }

    @AfterEach
    void forget() {
        log.close();
        audit.close();
        LineLimit.install(new LineLimit(0, () -> 0));
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        limit.tick();
    }

    private static void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            Log.REQUEST_REFUSED.logFrom(address, "POST", "/x", 404, "nothing", "r-" + i);
        }
    }

    @Test
    void shouldCountWhatIsBeyondInOneLine() {
        refuse(ANN, 1207);
        Log.CALL_REFUSED.logFrom(ANN, "http", "a/b.c", 403, "f", "no", null, "r");
        assertEquals(3, log.lines().size());
        pass(59);
        assertEquals(3, log.lines().size());
        pass(1);
        assertEquals(
                "COBJ2014I: 1205 further lines that 192.0.2.1 caused within one minute were suppressed: COBJ2001I 1, COBJ2010I 1204",
                log.lines().get(3));
        pass(120);
        assertEquals(4, log.lines().size());
    }

    @Test
    void shouldBeginAnew() {
        refuse(ANN, 3);
        pass(60);
        refuse(ANN, 2);
        assertEquals(5, log.lines().size());
    }

    @Test
    void shouldNotNeedATickToBeginAnew() {
        refuse(ANN, 4);
        now += TimeUnit.SECONDS.toNanos(60);
        refuse(ANN, 1);
        assertEquals(5, log.lines().size());
        assertTrue(log.lines().get(3).startsWith("COBJ2014I"), log.lines().toString());
    }

    @Test
    void shouldLeaveOthersAlone() {
        refuse(ANN, 10);
        refuse(BOB, 1);
        Log.REQUEST_REFUSED.log("POST", "/x", 404, "nothing", "r");
        Log.REQUEST_REFUSED.logFrom(null, "POST", "/x", 404, "nothing", "r");
        assertEquals(6, log.lines().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::%x", "2001:db8:0:0:%x::1"})
    void shouldTakeANetworkForOneAddress(String pattern) {
        IntStream.range(1, 10).forEach(i -> refuse(String.format(pattern, i), 1));
        assertEquals(3, log.lines().size());
    }

    @Test
    void shouldCountAStackTraceForTenLines() {
        Log.CALL_FAILED.logFrom(ANN, new IllegalStateException("a test"), "http", "a/b.c", null, "r");
        refuse(ANN, 1);
        assertEquals(1, log.lines().size());
    }

    @Test
    void shouldNotCountWhatIsNotWrittenAnyway() {
        assertFalse(Log.LIMITED.on());
        for (int i = 0; i < 10; i++) {
            Log.LIMITED.logFrom(ANN, "POST", "/x", 429, "too many", "r");
        }
        refuse(ANN, 1);
        assertEquals(1, log.lines().size());
    }

    @Test
    void shouldCountRefusalsInTheAuditLogByThemselves() {
        refuse(ANN, 100);
        for (int i = 0; i < 10; i++) {
            Audit.REFUSED.write(ACTOR, "user=bob", "no");
        }
        assertEquals(3, audit.lines().size());
        pass(60);
        assertEquals(
                "COBJ6011I: further permission denials: user=- address=\"192.0.2.1\" call=- target=\"\" outcome=\"7 lines within a minute\" request=-",
                audit.lines().get(3));
    }

    @ParameterizedTest
    @EnumSource(value = Audit.class, mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
    void shouldNeverLoseWhatWasDone(Audit done) {
        for (int i = 0; i < 100; i++) {
            Audit.REFUSED.write(ACTOR, "user=bob", "no");
        }
        for (int i = 0; i < 100; i++) {
            done.write(ACTOR, "user=bob", "done");
        }
        assertEquals(100, audit.lines().stream().filter(line -> line.startsWith(done.id())).count());
    }

    @Test
    void shouldRememberSoManyAddressesAndCountTheOthersTogether() {
        for (int i = 0; i < 30_000; i++) {
            limit.admits("a" + i, false, "COBJ2010I", 1);
        }
        assertEquals(10_001, limit.size());
        pass(60);
        assertEquals(0, limit.size());
        List<String> lines = log.lines();
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).startsWith("COBJ2014I: 19997 further lines that other addresses caused"), lines.get(0));
    }

    @Test
    void shouldHaveNoLimitWhereNoneIsSet() {
        LineLimit.install(new LineLimit(0, () -> now));
        refuse(ANN, 1000);
        assertEquals(1000, log.lines().size());
    }
}
