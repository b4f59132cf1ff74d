package dev.cloudobjects.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One {@link Rate} for each of many names, such as users. Remembers so many names at most, and forgets first who has not
 * come for the longest; those whose allowance is whole again are forgotten in passing. Safe for use by many threads.
 */
public final class Rates {

    /** How many of the oldest are looked at when a new one comes: two, so that they go faster than they come. */
    private static final int FORGOTTEN_AT_ONCE = 2;

    private final Rate rate;
    private final int most;
    private final LongSupplier nanos;
    // Guarded by itself. In the order of use, so the first is the one that was not used for the longest.
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * The same rate for everyone.
     *
     * @param most how many names are remembered
     * @param nanos a clock that never jumps
     */
    public Rates(Rate rate, int most, LongSupplier nanos) {
        this.rate = rate;
        this.most = most;
        this.nanos = nanos;
    }

    /** Takes one for a name, if there is one. */
    public boolean take(String name) {
        if (rate.isUnlimited()) {
            return true;
        }
        synchronized (buckets) {
            long now = nanos.getAsLong();
            Bucket bucket = buckets.get(name);
            if (bucket == null) {
                makeRoom(now);
                bucket = new Bucket(rate);
                buckets.put(name, bucket);
            }
            return bucket.take(now);
        }
    }

    /** Whether there is one to take for a name. */
    public boolean has(String name) {
        synchronized (buckets) {
            Bucket bucket = buckets.get(name);
            return bucket == null || bucket.has(nanos.getAsLong());
        }
    }

    private void makeRoom(long now) {
        Iterator<Bucket> oldest = buckets.values().iterator();
        for (int i = 0; i < FORGOTTEN_AT_ONCE && oldest.hasNext(); i++) {
            if (oldest.next().isFull(now) || buckets.size() >= most) {
                oldest.remove();
            } else {
                return;
            }
        }
    }

    /** How many names are remembered. */
    int size() {
        synchronized (buckets) {
            return buckets.size();
        }
    }
}
