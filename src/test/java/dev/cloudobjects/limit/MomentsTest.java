package dev.cloudobjects.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MomentsTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Moments moments = new Moments(2, nanos::get);

    @Test
    void shouldTellHowLongAgoItLastHappened() {
        assertEquals(OptionalLong.empty(), moments.ago("ann"));
        moments.note("ann");
        nanos.addAndGet(7);
        assertEquals(OptionalLong.of(7), moments.ago("ann"));
        moments.note("ann");
        assertEquals(OptionalLong.of(0), moments.ago("ann"));
        assertEquals(OptionalLong.empty(), moments.ago("ben"));
    }

    @Test
    void shouldForgetFirstWhatHappenedTheLongestAgo() {
        moments.note("ann");
        moments.note("ben");
        moments.note("ann");
        moments.ago("ben");
        moments.note("carla");
        assertEquals(OptionalLong.empty(), moments.ago("ben"));
        assertEquals(OptionalLong.of(0), moments.ago("ann"));
        assertEquals(OptionalLong.of(0), moments.ago("carla"));
    }
}
