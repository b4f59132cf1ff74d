package dev.cloudobjects.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Rate limiters by name, such as one per user, all with the same {@link Rate}. Keeps a maximum number of names and evicts
 * the least recently used; names whose bucket is full again are removed as well. Safe for use by many threads.
 */
public final class KeyedRateLimiter {

    /** The number of old names that are checked for removal when a new one is added: two, so that the map can shrink. */
    private static final int CHECKED_AT_ONCE = 2;

    private final Rate rate;
    private final int most;
    private final LongSupplier nanos;
    // Guarded by itself. In the order of use: the first entry is the least recently used.
    private final Map<String, RateLimiter> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Creates limiters.
     *
     * @param most the maximum number of names
     * @param nanos a monotonic clock, in nanoseconds
     */
    public KeyedRateLimiter(Rate rate, int most, LongSupplier nanos) {
        this.rate = rate;
        this.most = most;
        this.nanos = nanos;
    }

    /** Takes a permit of a name if there is one; returns whether it was taken. */
    public boolean take(String name) {
        if (rate.isUnlimited()) {
            return true;
        }
        synchronized (buckets) {
            long now = nanos.getAsLong();
            RateLimiter bucket = buckets.get(name);
            if (bucket == null) {
                makeRoom(now);
                bucket = new RateLimiter(rate);
                buckets.put(name, bucket);
            }
            return bucket.take(now);
        }
    }

    /** Whether a name has a permit. */
    public boolean has(String name) {
        synchronized (buckets) {
            RateLimiter bucket = buckets.get(name);
            return bucket == null || bucket.has(nanos.getAsLong());
        }
    }

    private void makeRoom(long now) {
        Iterator<RateLimiter> oldest = buckets.values().iterator();
        for (int i = 0; i < CHECKED_AT_ONCE && oldest.hasNext(); i++) {
            if (oldest.next().isFull(now) || buckets.size() >= most) {
                oldest.remove();
            } else {
                return;
            }
        }
    }

    /** The number of names. */
    int size() {
        synchronized (buckets) {
            return buckets.size();
        }
    }
}
