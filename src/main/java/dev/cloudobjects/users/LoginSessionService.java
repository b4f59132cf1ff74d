package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens, renews and ends login sessions. Each change is atomic, also across nodes, by optimistic locking: a change is stored
 * only if the row has not changed since it was read, and is computed again otherwise. Safe for use by many threads.
 */
final class LoginSessionService {

    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 100;
    private static final int LOCKS = 64;

    private final AccountStore store;
    private final AccountCache accounts;
    private final LoginSessionPolicy policy;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Object[] locks = new Object[LOCKS];

    LoginSessionService(
            AccountStore store, AccountCache accounts, LoginSessionPolicy policy, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.accounts = accounts;
        this.policy = policy;
        this.clock = clock;
        this.random = random;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Opens a login session. Above the maximum, the user's oldest one ends.
     *
     * @param deviceId the device id that its tokens are bound to; {@code null} for any device
     */
    LoginSession open(String uid, @Nullable String deviceId) {
        Instant now = now();
        LoginSession opened = new LoginSession(newId(), newId(), deviceId, now, now.plus(policy.life()), null);
        boolean stored = change(
                uid, now, sessions -> Optional.of(sessions.with(opened, now, policy.mostPerUser())));
        if (!stored) {
            throw new CloudObjectException(Code.NO_SUCH_USER);
        }
        return opened;
    }

    /**
     * Renews a login session that expires soon. Parallel calls get the same new token.
     *
     * @param tokenId the id of the caller's token
     * @return the login session with its new token; empty if no renewal is due or the login session has ended
     */
    Optional<LoginSession> renew(String uid, String sessionId, String tokenId, Instant expiresAt) {
        Instant now = now();
        if (expiresAt.isAfter(now.plus(policy.renewal()))) {
            return Optional.empty();
        }
        LoginSession[] result = new LoginSession[1];
        change(uid, null, sessions -> {
            result[0] = sessions.find(sessionId)
                    .filter(session -> session.accepts(tokenId, now))
                    .orElse(null);
            if (result[0] == null || !result[0].tokenId().equals(tokenId)) {
                return Optional.empty();
            }
            result[0] = result[0].renewed(newId(), now, now.plus(policy.life()), now.plus(GRACE));
            return Optional.of(sessions.replacing(result[0], now));
        });
        return Optional.ofNullable(result[0]);
    }

    /** Ends a login session; returns whether it was open. */
    boolean end(String uid, String sessionId) {
        return change(uid, null, sessions -> sessions.find(sessionId)
                .map(session -> sessions.without(sessionId, now())));
    }

    /** Ends all login sessions of a user; returns whether one was open. */
    boolean endAll(String uid) {
        return change(uid, null, sessions -> sessions.list().isEmpty() ? Optional.empty() : Optional.of(List.of()));
    }

    /** A random id of 128 bits. */
    String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private boolean change(
            String uid, @Nullable Instant login, Function<LoginSessions, Optional<List<LoginSession>>> change) {
        // The lock only avoids retries between threads of this node; the revision makes the change atomic.
        synchronized (locks[Math.floorMod(uid.hashCode(), LOCKS)]) {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Optional<Account> account = store.find(uid);
                if (account.isEmpty()) {
                    return false;
                }
                LoginSessions current = account.get().sessions();
                Optional<List<LoginSession>> changed = change.apply(current);
                if (changed.isEmpty()) {
                    return false;
                }
                if (store.replaceSessions(uid, current.revision(), changed.get(), login)) {
                    accounts.forget(uid);
                    return true;
                }
            }
        }
        throw new CloudObjectException(Code.UNAVAILABLE);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
