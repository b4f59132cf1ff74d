package dev.cloudobjects.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users as they were read at most two seconds ago; what this process writes is seen at once, because it
 * {@linkplain #forget forgets} then. Holds ten thousand, and lets go of those that were not asked for the longest. Safe
 * for use by many threads.
 */
final class OutsideCache {

    private static final Duration MAX_AGE = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    private final OutsideStore store;
    private final InstantSource clock;
    // Guarded by itself, like `forgotten`.
    private final Map<String, Cached> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
            return size() > MOST;
        }
    };
    private long forgotten;

    OutsideCache(OutsideStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Cached(OutsideUser user, Instant readAt) {}

    /** The user, at most two seconds old. */
    Optional<OutsideUser> find(String uid) {
        Instant oldest = clock.instant().minus(MAX_AGE);
        synchronized (entries) {
            Cached entry = entries.get(uid);
            if (entry != null && entry.readAt().isAfter(oldest)) {
                return Optional.of(entry.user());
            }
        }
        return load(List.of(uid)).stream().findFirst();
    }

    /** Reads these users now. */
    void refresh(Collection<String> uids) {
        load(uids);
    }

    /** Reads the user anew when he is next asked for. Call it after a write, not before. */
    void forget(String uid) {
        synchronized (entries) {
            entries.remove(uid);
            forgotten++;
        }
    }

    private List<OutsideUser> load(Collection<String> uids) {
        long before;
        synchronized (entries) {
            before = forgotten;
        }
        Instant readAt = clock.instant();
        List<OutsideUser> users = store.find(uids);
        synchronized (entries) {
            // A row that was read before a write, and arrives here after its forget(), must not stay.
            if (forgotten == before) {
                users.forEach(user -> entries.put(user.uid(), new Cached(user, readAt)));
            }
        }
        return users;
    }
}
