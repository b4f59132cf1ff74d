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
 * What is known of users, as it was read at most so long ago; what this process writes is seen at once, because whoever
 * writes {@linkplain #forget forgets} then. Holds ten thousand users, and lets go of those that were not asked for the
 * longest. Safe for use by many threads.
 *
 * @param <V> what is known of one user
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
     * A cache of what these read.
     *
     * @param maxAge how old it may be
     * @param nanos a clock that never jumps
     * @param one reads what there is of one user
     * @param many reads what there is of many, by uid
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

    /** A question to the database that is under way, and who was forgotten since it was asked. */
    private static final class Reading {
        private final Set<String> outdated = new HashSet<>();
        private boolean allOutdated;
    }

    /** What is known of a user, no older than it may be. */
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

    /** What there is of a user now. */
    public Optional<V> reload(String uid) {
        Map<String, V> read =
                read(Set.of(uid), () -> one.apply(uid).map(value -> Map.of(uid, value)).orElse(Map.of()));
        return Optional.ofNullable(read.get(uid));
    }

    /** Reads what there is of these users now, for those who ask next. */
    public void refresh(Collection<String> uids) {
        read(uids, () -> many.apply(uids));
    }

    /** Reads anew when the user is next asked for. Call it after a write, not before. */
    public void forget(String uid) {
        synchronized (entries) {
            entries.remove(uid);
            readings.forEach(reading -> reading.outdated.add(uid));
        }
    }

    /** Reads everything anew when it is next asked for. Call it after a write, not before. */
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
            // What was read before a write, and arrives here after its forget(), must not stay.
            entries.put(uid, new Cached<>(value, readAt));
        }
    }
}
