package dev.cloudobjects.users;

import dev.cloudobjects.security.Grants;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Caches accounts and their grants for at most four seconds, see {@link UserCache}. While the demo is off, its accounts are
 * returned as disabled. Safe for use by many threads.
 */
final class AccountCache {

    private static final Duration MAX_AGE = Duration.ofSeconds(4);

    private final AccountStore store;
    private final boolean demo;
    private final UserCache<Known> cache;

    AccountCache(AccountStore store, LongSupplier nanos, boolean demo) {
        this.store = store;
        this.demo = demo;
        this.cache = new UserCache<>(MAX_AGE, nanos, this::read, this::read);
    }

    /** The account, read at most four seconds ago. */
    Optional<Account> find(String uid) {
        return cache.find(uid).map(Known::account);
    }

    /** The account, read now. */
    Optional<Account> reload(String uid) {
        return cache.reload(uid).map(Known::account);
    }

    /** The grants of the account, read at most four seconds ago; {@link Grants#NONE} for an unknown uid. */
    Grants grants(String uid) {
        return cache.find(uid).map(known -> known.grants(store)).orElse(Grants.NONE);
    }

    /** Removes the account from the cache. Call it after a write, not before. */
    void forget(String uid) {
        cache.forget(uid);
    }

    /** Removes all accounts from the cache, after a change of roles or permissions. */
    void forgetAll() {
        cache.forgetAll();
    }

    /** Reads these accounts and their grants into the cache, in three queries. */
    void refresh(Collection<String> uids) {
        cache.refresh(uids);
    }

    /** The account, disabled if it belongs to the demo and the demo is off. */
    Account inForce(Account account) {
        return account.ofDemo() && !demo ? account.disabled() : account;
    }

    private Optional<Known> read(String uid) {
        return store.find(uid).map(account -> new Known(inForce(account), null));
    }

    private Map<String, Known> read(Collection<String> uids) {
        List<Account> accounts = store.find(uids);
        GrantTable table = GrantTable.read(
                store,
                accounts.stream().flatMap(account -> account.roles().stream()).collect(Collectors.toSet()));
        Map<String, Known> found = new HashMap<>();
        accounts.forEach(
                account -> found.put(account.uid(), new Known(inForce(account), table.of(account.roles()))));
        return found;
    }

    /** An account, and its grants after they were requested for the first time. */
    private static final class Known {
        private final Account account;
        private volatile @Nullable Grants grants;

        Known(Account account, @Nullable Grants grants) {
            this.account = account;
            this.grants = grants;
        }

        Account account() {
            return account;
        }

        // Two threads may read the grants at once. That is cheaper than holding a lock over a network read.
        Grants grants(AccountStore store) {
            Grants known = grants;
            if (known == null) {
                known = GrantTable.grants(store, account.roles());
                grants = known;
            }
            return known;
        }
    }
}
