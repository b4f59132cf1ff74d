package dev.cloudobjects.users;

import dev.cloudobjects.limit.Network;
import dev.cloudobjects.log.Log;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong passwords per account and address, and per address over all accounts, and locks logins above a limit. Keeps
 * fifty thousand counts and evicts the least recently used. Safe for use by many threads.
 */
final class LoginAttemptLimiter {

    private static final int MOST = 50_000;

    private final Rule rule;
    private final LongSupplier nanos;
    private final Runnable whenLocked;
    // Guarded by itself.
    private final Map<Key, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
            return size() > MOST;
        }
    };

    /**
     * The limits of wrong passwords.
     *
     * @param perAccount the limit for one account and one address
     * @param perAddress the limit for one address over all accounts; 0 for no limit
     * @param lock the duration of a lock, and the time without a wrong password after which a count is reset
     */
    record Rule(int perAccount, int perAddress, Duration lock) {}

    /**
     * Creates a limiter.
     *
     * @param nanos a monotonic clock, in nanoseconds
     * @param whenLocked is called for each attempt that a lock refuses
     */
    LoginAttemptLimiter(Rule rule, LongSupplier nanos, Runnable whenLocked) {
        this.rule = rule;
        this.nanos = nanos;
        this.whenLocked = whenLocked;
    }

    /** Whether logins to an account from an address are locked. */
    boolean locked(String username, String address) {
        boolean locked;
        synchronized (counts) {
            locked = isLocked(Key.of(username, address)) || isLocked(Key.ofAll(address));
        }
        if (locked) {
            whenLocked.run();
        }
        return locked;
    }

    /** The rest of the time for which logins to an account from an address are locked; zero if they are not. */
    Duration lockedFor(String username, String address) {
        synchronized (counts) {
            Duration account = remaining(Key.of(username, address));
            Duration all = remaining(Key.ofAll(address));
            return account.compareTo(all) > 0 ? account : all;
        }
    }

    private Duration remaining(Key key) {
        Count count = isLocked(key) ? counts.get(key) : null;
        return count == null ? Duration.ZERO : Duration.ofNanos(count.until() - nanos.getAsLong());
    }

    /**
     * Records the result of an attempt.
     *
     * @return whether the result may be returned to the client; {@code false} if parallel attempts have caused a lock
     */
    boolean settle(String username, String address, boolean right) {
        Key account = Key.of(username, address);
        Key all = Key.ofAll(address);
        long until = nanos.getAsLong() + rule.lock().toNanos();
        boolean accountLocked;
        boolean addressLocked;
        synchronized (counts) {
            if (isLocked(account) || isLocked(all)) {
                return false;
            }
            if (right) {
                counts.remove(account);
                return true;
            }
            count(account, until);
            count(all, until);
            accountLocked = isLocked(account);
            addressLocked = isLocked(all);
        }
        if (accountLocked) {
            Log.LOGIN_LOCKED.logFrom(address, username, address, rule.lock());
        }
        if (addressLocked) {
            Log.ADDRESS_LOCKED.logFrom(address, address, rule.lock());
        }
        return true;
    }

    private void count(Key key, long until) {
        if (most(key) > 0) {
            counts.put(key, new Count(current(key) + 1, until));
        }
    }

    private boolean isLocked(Key key) {
        return most(key) > 0 && current(key) >= most(key);
    }

    private int most(Key key) {
        return key.username().isEmpty() ? rule.perAddress() : rule.perAccount();
    }

    private int current(Key key) {
        Count count = counts.get(key);
        if (count == null || nanos.getAsLong() - count.until() >= 0) {
            counts.remove(key);
            return 0;
        }
        return count.wrong();
    }

    /** The key of a count; with an empty username, the count of an address over all accounts. */
    private record Key(String username, String network) {

        static Key of(String username, String address) {
            return new Key(username, Network.of(address));
        }

        static Key ofAll(String address) {
            return of("", address);
        }
    }

    private record Count(int wrong, long until) {}
}
