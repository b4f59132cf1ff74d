package dev.cloudobjects.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {

    private static final long START = 1_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static int taken(RateLimiter bucket, int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void shouldGiveTheBurstAtOnceAndNoMore() {
        assertEquals(40, taken(new RateLimiter(new Rate(20, 40)), 100, START));
    }

    @Test
    void shouldGiveBackAtTheRate() {
        RateLimiter bucket = new RateLimiter(new Rate(20, 40));
        taken(bucket, 100, START);
        assertEquals(0, taken(bucket, 1, START + SECOND / 20 - 1));
        assertEquals(1, taken(bucket, 2, START + SECOND / 20));
        assertEquals(20, taken(bucket, 100, START + SECOND / 20 + SECOND));
    }

    @Test
    void shouldGiveBackNoMoreThanTheBurst() {
        RateLimiter bucket = new RateLimiter(new Rate(20, 40));
        taken(bucket, 100, START);
        assertEquals(40, taken(bucket, 100, START + 3600 * SECOND));
    }

    @Test
    void shouldSayWithoutTaking() {
        RateLimiter bucket = new RateLimiter(new Rate(1, 1));
        assertTrue(bucket.has(START));
        assertTrue(bucket.has(START));
        assertTrue(bucket.isFull(START));
        assertTrue(bucket.take(START));
        assertFalse(bucket.has(START));
        assertFalse(bucket.isFull(START));
        assertTrue(bucket.has(START + SECOND));
        assertTrue(bucket.isFull(START + SECOND));
    }

    @Test
    void shouldGiveWithoutEndWhenThereIsNoLimit() {
        RateLimiter bucket = new RateLimiter(Rate.UNLIMITED);
        assertEquals(100_000, taken(bucket, 100_000, START));
        assertTrue(bucket.has(START));
        assertTrue(bucket.isFull(START));
    }

    @Test
    void shouldTakeTheBurstForSoManySecondsOfTheRate() {
        assertEquals(new Rate(5, 50), Rate.over(10, 5));
        assertEquals(Integer.MAX_VALUE, Rate.over(10, Integer.MAX_VALUE).burst());
        assertTrue(Rate.over(10, 0).isUnlimited());
    }

    @Test
    void shouldGiveSoManyInAnHour() {
        long minute = TimeUnit.MINUTES.toNanos(1);
        RateLimiter bucket = new RateLimiter(Rate.perHour(20));
        assertEquals(20, taken(bucket, 100, START));
        assertEquals(0, taken(bucket, 100, START + 3 * minute - 1));
        assertEquals(1, taken(bucket, 100, START + 3 * minute));
        assertEquals(20, taken(bucket, 100, START + 63 * minute));
        assertEquals(Duration.ofMinutes(3), Rate.perHour(20).pause());
        assertTrue(Rate.perHour(0).isUnlimited());
    }

    @Test
    void shouldBearTheLargestRate() {
        assertEquals(1_000, taken(new RateLimiter(Rate.over(10, Integer.MAX_VALUE)), 1_000, Long.MAX_VALUE / 2));
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "1, 0", "1, -1"})
    void shouldRefuseARateThatMeansNothing(int perSecond, int burst) {
        assertThrows(IllegalArgumentException.class, () -> new Rate(perSecond, burst));
    }
}
