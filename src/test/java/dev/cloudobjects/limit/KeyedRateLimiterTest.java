package dev.cloudobjects.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyedRateLimiterTest {

    private final AtomicLong nanos = new AtomicLong(1);

    private KeyedRateLimiter rates(int most) {
        return new KeyedRateLimiter(new Rate(1, 2), most, nanos::get);
    }

    private void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void shouldCountEachNameByItself() {
        KeyedRateLimiter rates = rates(10);
        assertTrue(rates.take("ann"));
        assertTrue(rates.take("ann"));
        assertFalse(rates.take("ann"));
        assertFalse(rates.has("ann"));
        assertTrue(rates.has("ben"));
        assertTrue(rates.take("ben"));
        pass(1);
        assertTrue(rates.has("ann"));
        assertTrue(rates.take("ann"));
    }

    @Test
    void shouldRememberNoMoreThanItMay() {
        KeyedRateLimiter rates = rates(100);
        for (int i = 0; i < 10_000; i++) {
            rates.take("name " + i);
            assertTrue(rates.size() <= 100);
        }
        assertEquals(100, rates.size());
    }

    @Test
    void shouldForgetFirstWhoDidNotComeForTheLongest() {
        KeyedRateLimiter rates = rates(2);
        rates.take("ann");
        rates.take("ben");
        rates.take("ann");
        rates.take("cid");
        assertFalse(rates.take("ann"), "ann is remembered");
        assertTrue(rates.take("ben"));
        assertTrue(rates.take("ben"), "ben was forgotten");
    }

    @Test
    void shouldForgetThoseWhoseAllowanceIsWholeAgain() {
        KeyedRateLimiter rates = rates(1_000);
        for (int i = 0; i < 500; i++) {
            rates.take("name " + i);
        }
        pass(60);
        for (int i = 0; i < 300; i++) {
            rates.take("other " + i);
        }
        assertTrue(rates.size() <= 300, rates.size() + " are remembered");
    }

    @Test
    void shouldRememberNobodyWithoutALimit() {
        KeyedRateLimiter rates = new KeyedRateLimiter(Rate.UNLIMITED, 10, nanos::get);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(rates.take("ann"));
            assertTrue(rates.has("ann"));
        }
        assertEquals(0, rates.size());
    }
}
