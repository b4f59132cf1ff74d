package dev.cloudobjects.users;

import dev.cloudobjects.security.Grants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and what they are granted, as they were read at most four seconds ago; what this process writes is seen at
 * once, because it {@linkplain #forget forgets} then. Holds ten thousand accounts, and lets go of those that were not
 * asked for the longest. Accounts of the demo are disabled here while it is off. Safe for use by many threads.
 */
final class AccountCache {

    private static final Duration MAX_AGE = Duration.ofSeconds(4);
    private static final int MOST = 10_000;

    private final AccountStore store;
    private final InstantSource clock;
    private final boolean demo;
    // Guarded by itself, like `forgotten` and `readings`.
    private final Map<String, Cached> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cached> eldest) {
            return size() > MOST;
        }
    };
    private long forgotten;
    private final List<Reading> readings = new ArrayList<>();

    AccountCache(AccountStore store, InstantSource clock, boolean demo) {
        this.store = store;
        this.clock = clock;
        this.demo = demo;
    }

    /** The account, at most four seconds old. */
    Optional<Account> find(String uid) {
        return entry(uid).map(Cached::account);
    }

    /** The account as it is stored now. */
    Optional<Account> reload(String uid) {
        return load(uid).map(Cached::account);
    }

    /** What the account is granted, at most four seconds old; nothing for an unknown one. */
    Grants grants(String uid) {
        return entry(uid).map(entry -> entry.grants(store)).orElse(Grants.NONE);
    }

    /** Reads the account anew when it is next asked for. Call it after a write, not before. */
    void forget(String uid) {
        synchronized (entries) {
            entries.remove(uid);
            readings.forEach(reading -> reading.outdated.add(uid));
            forgotten++;
        }
    }

    /** Reads everything anew when it is next asked for: what roles grant has changed. */
    void forgetAll() {
        synchronized (entries) {
            readings.forEach(reading -> reading.allOutdated = true);
            entries.clear();
            forgotten++;
        }
    }

    /** Reads these accounts and what they are granted, in three questions, for those who ask next. */
    void refresh(Collection<String> uids) {
        Reading reading = new Reading();
        synchronized (entries) {
            readings.add(reading);
        }
        try {
            Instant readAt = clock.instant();
            List<Account> accounts = store.find(uids);
            GrantTable table = GrantTable.read(
                    store,
                    accounts.stream().flatMap(account -> account.roles().stream()).collect(Collectors.toSet()));
            Set<String> gone = new HashSet<>(uids);
            synchronized (entries) {
                for (Account account : accounts) {
                    gone.remove(account.uid());
                    // A row that was read before a write must not stay behind its forget().
                    if (!reading.isOutdated(account.uid())) {
                        entries.put(
                                account.uid(), new Cached(inForce(account), readAt, table.of(account.roles())));
                    }
                }
                gone.forEach(entries::remove);
            }
        } finally {
            synchronized (entries) {
                readings.remove(reading);
            }
        }
    }

    /** What holds for an account: its row says it, but for those of the demo. */
    Account inForce(Account account) {
        return account.ofDemo() && !demo ? account.disabled() : account;
    }

    private Optional<Cached> entry(String uid) {
        Instant oldest = clock.instant().minus(MAX_AGE);
        synchronized (entries) {
            Cached entry = entries.get(uid);
            if (entry != null && entry.readAt().isAfter(oldest)) {
                return Optional.of(entry);
            }
        }
        return load(uid);
    }

    private Optional<Cached> load(String uid) {
        long before;
        synchronized (entries) {
            before = forgotten;
        }
        Instant readAt = clock.instant();
        Optional<Cached> loaded = store.find(uid).map(account -> new Cached(inForce(account), readAt));
        synchronized (entries) {
            // A row that was read before a write, and arrives here after its forget(), must not stay.
            if (forgotten == before && loaded.isPresent()) {
                entries.put(uid, loaded.get());
            }
        }
        return loaded;
    }

    /** A refresh under way: who was forgotten meanwhile. */
    private static final class Reading {
        private final Set<String> outdated = new HashSet<>();
        private boolean allOutdated;

        boolean isOutdated(String uid) {
            return allOutdated || outdated.contains(uid);
        }
    }

    private static final class Cached {
        private final Account account;
        private final Instant readAt;
        private volatile @Nullable Grants grants;

        Cached(Account account, Instant readAt) {
            this(account, readAt, null);
        }

        Cached(Account account, Instant readAt, @Nullable Grants grants) {
            this.account = account;
            this.readAt = readAt;
            this.grants = grants;
        }

        Account account() {
            return account;
        }

        Instant readAt() {
            return readAt;
        }

        // Two threads may both read them: the same, and cheaper than a lock over the network.
        Grants grants(AccountStore store) {
            Grants known = grants;
            if (known == null) {
                known = GrantTable.read(store, account.roles()).of(account.roles());
                grants = known;
            }
            return known;
        }
    }
}
