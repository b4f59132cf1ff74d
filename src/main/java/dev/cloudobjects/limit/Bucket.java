package dev.cloudobjects.limit;

/**
 * What is left of one {@link Rate}. Safe for use by many threads.
 *
 * <p>Kept as the moment at which all of it will be back (the generic cell rate algorithm): one number, and nothing that
 * has to be filled up while nobody looks.
 */
public final class Bucket {

    private final Rate rate;
    private long fullAt;

    /** All of a rate. */
    public Bucket(Rate rate) {
        this.rate = rate;
    }

    /**
     * Takes one, if there is one.
     *
     * @param now nanoseconds since any moment, never fewer than the time before
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

    /** Whether there is one to take. */
    public synchronized boolean has(long now) {
        return rate.isUnlimited() || Math.max(fullAt, now) + rate.cost() - now <= rate.allowance();
    }

    /** Whether nothing is missing. */
    synchronized boolean isFull(long now) {
        return rate.isUnlimited() || fullAt <= now;
    }
}
