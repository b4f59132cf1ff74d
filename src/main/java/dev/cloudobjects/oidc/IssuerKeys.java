package dev.cloudobjects.oidc;

import com.nimbusds.jose.jwk.JWK;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import dev.cloudobjects.log.Log;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the issuer, fetched when the first token comes and again when they are old or a token names one that is not
 * among them; but not often, whatever tokens name. While the issuer is away, the keys that were read last are used for a
 * day. Safe for use by many threads; one at a time fetches.
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

    private final String issuer;
    private final KeySource source;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Known known = new Known(Map.of(), Instant.MIN, Instant.MIN, false);

    /**
     * The keys of an issuer.
     *
     * @param issuer its name, for the log
     */
    IssuerKeys(String issuer, KeySource source, InstantSource clock) {
        this.issuer = issuer;
        this.source = source;
        this.clock = clock;
    }

    /**
     * What is known.
     *
     * @param keys by their ids
     * @param readAt when they were read
     * @param nextFetch before when nobody asks again
     * @param failed whether the last fetch did
     */
    private record Known(Map<String, VerificationKey> keys, Instant readAt, Instant nextFetch, boolean failed) {

        @Nullable VerificationKey find(String id, Instant now, Duration age) {
            return now.isBefore(readAt.plus(age)) ? keys.get(id) : null;
        }
    }

    /**
     * The key with an id; empty when the issuer has none of that name.
     *
     * @param id the {@code kid} that a token names; empty when it names none
     * @throws CloudObjectException with code 503 when it is not known, and the issuer can't be asked
     */
    Optional<VerificationKey> find(String id) {
        Instant now = clock.instant();
        VerificationKey fresh = find(id, now, FRESH);
        if (fresh != null) {
            return Optional.of(fresh);
        }
        VerificationKey usable = find(id, now, USABLE);
        if (!now.isBefore(known.nextFetch())) {
            refresh(usable == null ? MOST_MILLIS_TO_WAIT : 0);
        }
        VerificationKey found = find(id, clock.instant(), USABLE);
        if (found == null && (known.failed() || known.keys().isEmpty())) {
            throw new CloudObjectException(Code.UNAVAILABLE, "logins can't be checked at the moment: try again");
        }
        return Optional.ofNullable(found);
    }

    private @Nullable VerificationKey find(String id, Instant now, Duration age) {
        return known.find(id, now, age);
    }

    private void refresh(long millisToWait) {
        boolean mine = false;
        try {
            mine = fetching.tryLock(millisToWait, TimeUnit.MILLISECONDS);
            // Whoever had it before may have done the work.
            if (mine && !clock.instant().isBefore(known.nextFetch())) {
                fetch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                fetching.unlock();
            }
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
            Instant now = clock.instant();
            known = new Known(Map.copyOf(keys), now, now.plus(PAUSE), false);
            if (!keys.keySet().equals(before.keys().keySet())) {
                Log.ISSUER_KEYS_READ.log(issuer, keys.keySet());
            }
        } catch (IOException | RuntimeException e) {
            known = new Known(before.keys(), before.readAt(), clock.instant().plus(PAUSE_AFTER_FAILURE), true);
            if (!before.failed()) {
                Log.ISSUER_AWAY.log(issuer, e);
            }
        }
    }
}
