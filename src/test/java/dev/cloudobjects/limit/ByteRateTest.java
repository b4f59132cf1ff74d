package dev.cloudobjects.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ByteRateTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ByteRate rate = new ByteRate(1000, 4, nanos::get);

    @Test
    void shouldLetABurstThroughAndThenTellHowLongToPause() {
        assertEquals(0, rate.take(3000));
        assertEquals(0, rate.take(1000));
        assertEquals(100 * MILLI, rate.take(100));
    }

    @Test
    void shouldComeToItsRateWithWhoeverPausesAsTold() {
        long begin = nanos.get();
        long bytes = 0;
        for (int i = 0; i < 1000; i++) {
            nanos.addAndGet(rate.take(100));
            bytes += 100;
        }
        assertEquals((bytes - 4000) * MILLI, nanos.get() - begin);
    }

    @Test
    void shouldNeverPauseWhoeverKeepsToTheRate() {
        for (int i = 0; i < 100_000; i++) {
            nanos.addAndGet(100 * MILLI);
            assertEquals(0, rate.take(100));
        }
    }

    @Test
    void shouldGiveNoMoreThanABurstHoweverLongNothingCame() {
        rate.take(4001);
        nanos.addAndGet(TimeUnit.DAYS.toNanos(1000));
        assertEquals(0, rate.take(1));
        assertEquals(0, rate.take(4000));
        nanos.addAndGet(-1);
        assertTrue(rate.take(4001) > 0);
    }

    @Test
    void shouldTakeAnyRate() {
        ByteRate fast = new ByteRate(Integer.MAX_VALUE * 20L, 4, nanos::get);
        assertEquals(0, fast.take(Integer.MAX_VALUE));
        nanos.addAndGet(TimeUnit.DAYS.toNanos(1000));
        for (int i = 0; i < 1000; i++) {
            long pause = fast.take(Integer.MAX_VALUE);
            assertTrue(pause >= 0 && pause <= 51 * MILLI, "paused for " + pause);
            nanos.addAndGet(pause);
        }
        ByteRate none = new ByteRate(0, 4, nanos::get);
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, none.take(Integer.MAX_VALUE));
        }
    }
}
