package dev.cloudobjects.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many bytes may come in a second. Whoever reads more is told how long to read no further, so that nothing is lost. Used by one
 * thread at a time.
 *
 * <p>The clock is asked only when a burst is used up: less traffic than that costs a subtraction.
 */
public final class ByteRate {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long perSecond;
    private final long burst;
    private final LongSupplier nanos;
    private long left;
    private long since;

    /**
     * All of a burst.
     *
     * @param perSecond bytes in a second, in the long run; 0 for no limit
     * @param burstSeconds how many seconds' bytes may come at once
     * @param nanos a clock that never jumps
     */
    public ByteRate(long perSecond, int burstSeconds, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = perSecond * burstSeconds;
        this.nanos = nanos;
        this.left = burst;
        this.since = nanos.getAsLong();
    }

    /** Counts bytes that came, and tells for how many nanoseconds no more should; 0 or more. */
    public long take(int bytes) {
        left -= bytes;
        if (left >= 0 || perSecond == 0) {
            return 0;
        }
        long now = nanos.getAsLong();
        left = (long) Math.min(burst, left + (now - since) / NANOS * perSecond);
        since = now;
        return left >= 0 ? 0 : (long) (-left * NANOS / perSecond);
    }
}
