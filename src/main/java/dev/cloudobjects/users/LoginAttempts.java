package dev.cloudobjects.users;

import dev.cloudobjects.limit.Network;
import dev.cloudobjects.log.Log;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts wrong passwords per account and address, and per address over all accounts, and locks after too many. Remembers
 * fifty thousand counts, and forgets those that were not used for the longest. Safe for use by many threads.
 */
final class LoginAttempts {

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
     * How many wrong passwords lock.
     *
     * @param perAccount those of one account from one address
     * @param perAddress those of all accounts from one address; 0 for no limit
     * @param lock for how long, and also after how long without a wrong password the count starts again
     */
    record Rule(int perAccount, int perAddress, Duration lock) {}

    /**
     * Attempts under a rule.
     *
     * @param nanos a clock that never jumps
     * @param whenLocked told of each attempt that a lock stops
     */
    LoginAttempts(Rule rule, LongSupplier nanos, Runnable whenLocked) {
        this.rule = rule;
        this.nanos = nanos;
        this.whenLocked = whenLocked;
    }

    /** Whether logins to an account are refused from an address. */
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

    /** For how much longer logins to an account are refused from an address; zero when they are not. */
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
     * Notes what came of an attempt.
     *
     * @return whether the answer may be given; {@code false} when parallel attempts have locked meanwhile
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

    /** What is counted; of all accounts when it names none. */
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
