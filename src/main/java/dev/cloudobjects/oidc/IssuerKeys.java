package dev.cloudobjects.oidc;

import com.nimbusds.jose.jwk.JWK;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.log.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the keys of the issuer. Fetches them for the first token, and again when they are old or a token names an unknown
 * key, but at most twice a minute. While the issuer is unreachable, the last keys are used for a day. Safe for use by many
 * threads: one thread fetches, and at most two wait for it.
 */
final class IssuerKeys {

    /** The age after which keys are fetched again: a withdrawn key is accepted up to this time. */
    static final Duration FRESH = Duration.ofMinutes(15);

    /** The age up to which keys are used while the issuer is unreachable. */
    static final Duration USABLE = Duration.ofHours(24);

    /** The minimum time between fetches. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** The minimum time between fetches after a failure. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final long MOST_MILLIS_TO_WAIT = 2_000;

    /** A limit, because each waiting call blocks a thread and anybody can send a token that names an unknown key. */
    private static final int MOST_WAITING = 2;

    private final String issuer;
    private final KeySource source;
    private final LongSupplier nanos;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile Known known;

    /**
     * Creates the cache, without a fetch.
     *
     * @param issuer the URL of the issuer, for the log
     * @param nanos a monotonic clock, in nanoseconds
     */
    IssuerKeys(String issuer, KeySource source, LongSupplier nanos) {
        this.issuer = issuer;
        this.source = source;
        this.nanos = nanos;
        long now = nanos.getAsLong();
        this.known = new Known(Map.of(), now, now, false);
    }

    /**
     * The state of the cache. Immutable.
     *
     * @param keys the keys by id
     * @param readAt the time of the last successful fetch
     * @param nextFetch the time before which no fetch is allowed
     * @param failed whether the last fetch failed
     */
    private record Known(Map<String, VerificationKey> keys, long readAt, long nextFetch, boolean failed) {

        @Nullable VerificationKey find(String id, long now, Duration age) {
            return now - readAt < age.toNanos() ? keys.get(id) : null;
        }

        boolean mayFetch(long now) {
            return now - nextFetch >= 0;
        }
    }

    /**
     * The key with an id; empty if the issuer has no such key.
     *
     * @param id the {@code kid} of a token; empty if the token has none
     * @throws CloudObjectException with code 503 if the key is unknown and the issuer can't be reached
     */
    Optional<VerificationKey> find(String id) {
        long now = nanos.getAsLong();
        VerificationKey fresh = find(id, now, FRESH);
        if (fresh != null) {
            return Optional.of(fresh);
        }
        VerificationKey usable = find(id, now, USABLE);
        boolean current = !known.mayFetch(now) || refresh(usable == null);
        VerificationKey found = find(id, nanos.getAsLong(), USABLE);
        if (found == null && (!current || known.failed() || known.keys().isEmpty())) {
            throw new CloudObjectException(Code.UNAVAILABLE, "logins can't be checked at the moment: try again");
        }
        return Optional.ofNullable(found);
    }

    private @Nullable VerificationKey find(String id, long now, Duration age) {
        return known.find(id, now, age);
    }

    /** Fetches the keys, or lets another thread fetch them; returns whether they were fetched. */
    private boolean refresh(boolean wait) {
        if (!fetching.tryLock() && !(wait && awaitTurn())) {
            return false;
        }
        try {
            // The previous holder of the lock may have fetched the keys.
            if (known.mayFetch(nanos.getAsLong())) {
                fetch();
            }
            return true;
        } finally {
            fetching.unlock();
        }
    }

    private boolean awaitTurn() {
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return fetching.tryLock(MOST_MILLIS_TO_WAIT, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    private void fetch() {
        Known before = known;
        try {
            Map<String, VerificationKey> keys = new HashMap<>();
            for (JWK key : source.fetch().getKeys()) {
                VerificationKey.of(key).ifPresent(usable -> keys.put(usable.id(), usable));
            }
            if (keys.size() == 1) {
                // A token need not name the key if the issuer has only one.
                keys.put("", keys.values().iterator().next());
            }
            long now = nanos.getAsLong();
            known = new Known(Map.copyOf(keys), now, now + PAUSE.toNanos(), false);
            if (!keys.keySet().equals(before.keys().keySet())) {
                Log.ISSUER_KEYS_READ.log(issuer, keys.keySet());
            }
        } catch (IOException | RuntimeException e) {
            known = new Known(before.keys(), before.readAt(), nanos.getAsLong() + PAUSE_AFTER_FAILURE.toNanos(), true);
            if (!before.failed()) {
                Log.ISSUER_AWAY.log(issuer, e);
            }
        }
    }
}
