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
 * Opens, renews and ends the sessions of users, each change atomic also against other nodes: it is computed from what
 * was read, stored if that has not changed meanwhile, and computed again otherwise. Safe for use by many threads.
 */
final class SessionBook {

    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int MOST_TRIES = 100;
    private static final int LOCKS = 64;

    private final AccountStore store;
    private final AccountCache accounts;
    private final SessionPolicy policy;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Object[] locks = new Object[LOCKS];

    SessionBook(
            AccountStore store, AccountCache accounts, SessionPolicy policy, InstantSource clock, SecureRandom random) {
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
     * Opens a session; the user's oldest ends when there are too many.
     *
     * @param deviceId the device that its tokens are bound to; {@code null} for any
     */
    Session open(String uid, @Nullable String deviceId) {
        Instant now = now();
        Session opened = new Session(newId(), newId(), deviceId, now, now.plus(policy.life()), null);
        boolean stored = change(
                uid, now, sessions -> Optional.of(sessions.with(opened, now, policy.mostPerUser())));
        if (!stored) {
            throw new CloudObjectException(Code.NO_SUCH_USER);
        }
        return opened;
    }

    /**
     * Renews a session in the last part of its life. Of parallel calls one gives it a new token, which the others get,
     * too.
     *
     * @param tokenId the token that the caller presents
     * @return the session with its new token; empty when renewal is not due, or the session has ended
     */
    Optional<Session> renew(String uid, String sessionId, String tokenId, Instant expiresAt) {
        Instant now = now();
        if (expiresAt.isAfter(now.plus(policy.renewal()))) {
            return Optional.empty();
        }
        Session[] result = new Session[1];
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

    /** Ends one session; tells whether it was open. */
    boolean end(String uid, String sessionId) {
        return change(uid, null, sessions -> sessions.find(sessionId)
                .map(session -> sessions.without(sessionId, now())));
    }

    /** Ends all sessions of a user; tells whether there were any. */
    boolean endAll(String uid) {
        return change(uid, null, sessions -> sessions.list().isEmpty() ? Optional.empty() : Optional.of(List.of()));
    }

    /** A new random id of 128 bits. */
    String newId() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private boolean change(
            String uid, @Nullable Instant login, Function<Sessions, Optional<List<Session>>> change) {
        // The lock only spares threads of this node the repetition; what makes the change atomic is the revision.
        synchronized (locks[Math.floorMod(uid.hashCode(), LOCKS)]) {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Optional<Account> account = store.find(uid);
                if (account.isEmpty()) {
                    return false;
                }
                Sessions current = account.get().sessions();
                Optional<List<Session>> changed = change.apply(current);
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
