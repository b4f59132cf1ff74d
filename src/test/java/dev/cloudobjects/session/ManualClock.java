package dev.cloudobjects.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves when a test says so, for durations and for the time of day alike. */
public final class ManualClock implements NanoClock, InstantSource {

    public static final Instant START = Instant.ofEpochSecond(1_800_000_000);

    private final AtomicLong nanos = new AtomicLong(1);

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get() - 1);
    }
}
