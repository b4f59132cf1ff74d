package dev.cloudobjects.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Caches data of users for a limited time. Code that changes a user calls {@link #forget} after the write, so changes of
 * this process are visible at once. Keeps ten thousand users and evicts the least recently used. Safe for use by many
 * threads.
 *
 * @param <V> the data of one user
 */
public final class UserCache<V> {

    private static final int MOST = 10_000;

    private final Duration maxAge;
    private final LongSupplier nanos;
    private final Function<String, Optional<V>> one;
    private final Function<Collection<String>, Map<String, V>> many;
    // Guarded by itself, like `readings`.
    private final Map<String, Cached<V>> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached<V>> eldest) {
            return size() > MOST;
        }
    };
    private final List<Reading> readings = new ArrayList<>();

    /**
     * Creates a cache.
     *
     * @param maxAge the maximum age of an entry
     * @param nanos a monotonic clock, in nanoseconds
     * @param one reads the data of one user
     * @param many reads the data of several users, as a map by uid
     */
    public UserCache(
            Duration maxAge,
            LongSupplier nanos,
            Function<String, Optional<V>> one,
            Function<Collection<String>, Map<String, V>> many) {
        this.maxAge = maxAge;
        this.nanos = nanos;
        this.one = one;
        this.many = many;
    }

    private record Cached<V>(V value, long readAt) {}

    /** A read from the database in progress, with the users that were forgotten since it started. */
    private static final class Reading {
        private final Set<String> outdated = new HashSet<>();
        private boolean allOutdated;
    }

    /** The data of a user, at most {@code maxAge} old; reads it if necessary. */
    public Optional<V> find(String uid) {
        long now = nanos.getAsLong();
        synchronized (entries) {
            Cached<V> entry = entries.get(uid);
            if (entry != null && now - entry.readAt() < maxAge.toNanos()) {
                return Optional.of(entry.value());
            }
        }
        return reload(uid);
    }

    /** Reads the data of a user now. */
    public Optional<V> reload(String uid) {
        Map<String, V> read =
                read(Set.of(uid), () -> one.apply(uid).map(value -> Map.of(uid, value)).orElse(Map.of()));
        return Optional.ofNullable(read.get(uid));
    }

    /** Reads the data of these users into the cache. */
    public void refresh(Collection<String> uids) {
        read(uids, () -> many.apply(uids));
    }

    /** Removes a user. Call it after a write, not before. */
    public void forget(String uid) {
        synchronized (entries) {
            entries.remove(uid);
            readings.forEach(reading -> reading.outdated.add(uid));
        }
    }

    /** Removes all users. Call it after a write, not before. */
    public void forgetAll() {
        synchronized (entries) {
            entries.clear();
            readings.forEach(reading -> reading.allOutdated = true);
        }
    }

    private Map<String, V> read(Collection<String> uids, Supplier<Map<String, V>> source) {
        Reading reading = new Reading();
        synchronized (entries) {
            readings.add(reading);
        }
        try {
            long readAt = nanos.getAsLong();
            Map<String, V> found = source.get();
            synchronized (entries) {
                uids.forEach(uid -> keep(uid, found, readAt, reading));
            }
            return found;
        } finally {
            synchronized (entries) {
                readings.remove(reading);
            }
        }
    }

    private void keep(String uid, Map<String, V> found, long readAt, Reading reading) {
        V value = found.get(uid);
        if (value == null) {
            entries.remove(uid);
        } else if (!reading.allOutdated && !reading.outdated.contains(uid)) {
            // A read that started before a write and ends after its forget() returns old data: it is not kept.
            entries.put(uid, new Cached<>(value, readAt));
        }
    }
}
