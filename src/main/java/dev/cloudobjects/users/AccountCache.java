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
 * Accounts and what they are granted, as they were read at most four seconds ago: see {@link UserCache}. Accounts of the
 * demo are disabled here while it is off. Safe for use by many threads.
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

    /** The account, at most four seconds old. */
    Optional<Account> find(String uid) {
        return cache.find(uid).map(Known::account);
    }

    /** The account as it is stored now. */
    Optional<Account> reload(String uid) {
        return cache.reload(uid).map(Known::account);
    }

    /** What the account is granted, at most four seconds old; nothing for an unknown one. */
    Grants grants(String uid) {
        return cache.find(uid).map(known -> known.grants(store)).orElse(Grants.NONE);
    }

    /** Reads the account anew when it is next asked for. Call it after a write, not before. */
    void forget(String uid) {
        cache.forget(uid);
    }

    /** Reads everything anew when it is next asked for: what roles grant has changed. */
    void forgetAll() {
        cache.forgetAll();
    }

    /** Reads these accounts and what they are granted, in three questions, for those who ask next. */
    void refresh(Collection<String> uids) {
        cache.refresh(uids);
    }

    /** What holds for an account: its row says it, but for those of the demo. */
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

    /** An account, and what it is granted once that was asked. */
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

        // Two threads may both read them: the same, and cheaper than a lock over the network.
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
