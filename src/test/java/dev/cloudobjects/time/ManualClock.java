package dev.cloudobjects.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves when a test says so, for durations and for the time of day alike; and a time of day that can be set. */
public final class ManualClock implements NanoClock, InstantSource {

    public static final Instant START = Instant.ofEpochSecond(1_800_000_000);

    private final AtomicLong nanos = new AtomicLong(1);

    private final AtomicLong setAhead = new AtomicLong();

    /** Sets the time of day by so much; what lasts is not touched by that. */
    public void set(Duration ahead) {
        setAhead.addAndGet(ahead.toNanos());
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get() - 1 + setAhead.get());
    }
}
