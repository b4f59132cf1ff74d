package dev.cloudobjects.limit;

/**
 * A rate limiter for one {@link Rate}. Safe for use by many threads.
 *
 * <p>Implements the generic cell rate algorithm: the state is one number, the time at which the bucket is full again, and
 * no timer refills it.
 */
public final class RateLimiter {

    private final Rate rate;
    private long fullAt;

    /** A full bucket. */
    public RateLimiter(Rate rate) {
        this.rate = rate;
    }

    /**
     * Takes one permit if there is one; returns whether it was taken.
     *
     * @param now the time of a monotonic clock, in nanoseconds
     */
    public synchronized boolean take(long now) {
        if (rate.isUnlimited()) {
            return true;
        }
        long next = Math.max(fullAt, now) + rate.cost();
        if (next - now > rate.allowance()) {
            return false;
        }
        fullAt = next;
        return true;
    }

    /** Whether there is a permit. */
    public synchronized boolean has(long now) {
        return rate.isUnlimited() || Math.max(fullAt, now) + rate.cost() - now <= rate.allowance();
    }

    /** Whether the bucket is full. */
    synchronized boolean isFull(long now) {
        return rate.isUnlimited() || fullAt <= now;
    }
}
