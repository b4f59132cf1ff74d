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
 * The keys of the issuer, fetched when the first token comes and again when they are old or a token names one that is not
 * among them; but not often, whatever tokens name. While the issuer is away, the keys that were read last are used for a
 * day. Safe for use by many threads; one at a time fetches, and few wait for it.
 */
final class IssuerKeys {

    /** How long keys are used unasked: so long may a key that the issuer withdrew still count. */
    static final Duration FRESH = Duration.ofMinutes(15);

    /** How long keys are used when they can't be asked for. */
    static final Duration USABLE = Duration.ofHours(24);

    /** How soon after a fetch the next one may follow. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** The same after one that failed. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final long MOST_MILLIS_TO_WAIT = 2_000;

    /** Each keeps a thread, and anyone may show a token that names a key. */
    private static final int MOST_WAITING = 2;

    private final String issuer;
    private final KeySource source;
    private final LongSupplier nanos;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private volatile Known known;

    /**
     * The keys of an issuer.
     *
     * @param issuer its name, for the log
     * @param nanos a clock that never jumps
     */
    IssuerKeys(String issuer, KeySource source, LongSupplier nanos) {
        this.issuer = issuer;
        this.source = source;
        this.nanos = nanos;
        long now = nanos.getAsLong();
        this.known = new Known(Map.of(), now, now, false);
    }

    /**
     * What is known.
     *
     * @param keys by their ids
     * @param readAt when they were read
     * @param nextFetch before when nobody asks again
     * @param failed whether the last fetch did
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
     * The key with an id; empty when the issuer has none of that name.
     *
     * @param id the {@code kid} that a token names; empty when it names none
     * @throws CloudObjectException with code 503 when it is not known, and the issuer can't be asked
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

    /** Fetches, or lets another thread fetch; tells whether that was done. */
    private boolean refresh(boolean wait) {
        if (!fetching.tryLock() && !(wait && awaitTurn())) {
            return false;
        }
        try {
            // Whoever had it before may have done the work.
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
                // A token need not name the only one there is.
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
