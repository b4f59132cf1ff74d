package dev.cloudobjects.users;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.types.Argon2;
import dev.cloudobjects.api.CloudObjectException;
import dev.cloudobjects.api.Code;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id, and checks them. Only a few at once, since each takes its memory and a processor:
 * further calls wait for their turn, and are refused after three seconds. No more than a few wait, either, because each
 * keeps a thread of the container, and a flood of logins must not keep them all. Safe for use by many threads.
 */
final class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MOST_SECONDS_TO_WAIT = 3;

    private final Argon2Function function;
    private final SecureRandom random;
    private final Semaphore turns;
    // Who is at work or waits for that.
    private final Semaphore places;
    private final Runnable whenRefused;

    /**
     * Passwords under these costs.
     *
     * @param cost what a hash costs
     * @param crowd how many may come at once
     * @param whenRefused told of each call that is refused for want of room
     */
    Passwords(Cost cost, Crowd crowd, SecureRandom random, Runnable whenRefused) {
        this.function = Argon2Function.getInstance(cost.kibibytes(), cost.iterations(), 1, HASH_BYTES, Argon2.ID);
        this.random = random;
        this.turns = new Semaphore(crowd.atOnce(), true);
        this.places = new Semaphore(crowd.places());
        this.whenRefused = whenRefused;
    }

    /**
     * What a hash costs.
     *
     * @param kibibytes its memory
     * @param iterations its passes over that
     */
    record Cost(int kibibytes, int iterations) {

        /** 19 MiB and two passes, the first choice of OWASP's Password Storage Cheat Sheet. */
        static final Cost DEFAULT = new Cost(19_456, 2);
    }

    /**
     * How many may come at once.
     *
     * @param atOnce how many hashes are computed at the same time, at most
     * @param waiting how many more calls wait for their turn, at most
     */
    record Crowd(int atOnce, int waiting) {

        private int places() {
            return (int) Math.min(Integer.MAX_VALUE, (long) atOnce + waiting);
        }
    }

    /**
     * The hash of a password with a new salt, in PHC format.
     *
     * @throws CloudObjectException with code 429 when too many wait for their turn
     */
    String hash(String password) {
        return inTurn(() -> hashNow(password));
    }

    /**
     * Whether a password belongs to a hash. Takes the same time for no hash, or one of another algorithm, which no
     * password belongs to.
     *
     * @throws CloudObjectException with code 429 when too many wait for their turn
     */
    boolean matches(String password, @Nullable String hash) {
        return inTurn(() -> {
            if (hash == null || !hash.toLowerCase(Locale.ROOT).startsWith("$argon2id$")) {
                hashNow(password);
                return false;
            }
            try {
                byte[] stored = hash.getBytes(StandardCharsets.US_ASCII);
                return Argon2Function.getInstanceFromHash(hash).check(bytes(password), stored);
            } catch (BadParametersException e) {
                return false;
            }
        });
    }

    private String hashNow(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return function.hash(bytes(password), salt).getResult();
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw crowdedOut();
        }
        try {
            return afterWaiting(work);
        } finally {
            places.release();
        }
    }

    private <T> T afterWaiting(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(MOST_SECONDS_TO_WAIT, TimeUnit.SECONDS)) {
                throw crowdedOut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudObjectException(Code.TIMEOUT);
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    /** How many more may come now. */
    int places() {
        return places.availablePermits();
    }

    private CloudObjectException crowdedOut() {
        whenRefused.run();
        return new CloudObjectException(Code.TOO_MANY);
    }

    /** The same bytes for what looks the same, however a keyboard composes it (RFC 8265). */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
