package dev.cloudobjects.users;

import dev.cloudobjects.api.CloudObjectException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hashes passwords with Argon2id, and checks them, both in a {@link FairPool}. Safe for use by many threads. */
final class Passwords {

    private static final int SALT_BYTES = 16;

    private final Cost cost;
    private final FairPool pool;
    private final SecureRandom random;

    /**
     * Passwords under these costs.
     *
     * @param cost what a hash costs
     * @param pool where it is computed
     */
    Passwords(Cost cost, FairPool pool, SecureRandom random) {
        this.cost = cost;
        this.pool = pool;
        this.random = random;
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

    /** Looks whether there is a place for an address now. @throws CloudObjectException with code 429 when there is none */
    void look(@Nullable String address) {
        pool.look(address);
    }

    /** A login from an address succeeded. */
    void succeeded(@Nullable String address) {
        pool.succeeded(address);
    }

    /**
     * The hash of a password with a new salt, in PHC format.
     *
     * @param address who it is for, or {@code null}
     * @throws CloudObjectException with code 429 when too many of his wait for their turn
     */
    String hash(String password, @Nullable String address) {
        return pool.run(address, () -> hashNow(password));
    }

    /**
     * Whether a password belongs to a hash. Takes the same time for no hash, or one of another algorithm, which no
     * password belongs to.
     *
     * @param address who it is for, or {@code null}
     * @throws CloudObjectException with code 429 when too many of his wait for their turn
     */
    boolean matches(String password, @Nullable String hash, @Nullable String address) {
        return pool.run(address, () -> {
            Optional<Argon2id> known = Optional.ofNullable(hash).flatMap(Argon2id::parse);
            if (known.isEmpty()) {
                hashNow(password);
            }
            return known.map(stored -> stored.matches(bytes(password))).orElse(false);
        });
    }

    private String hashNow(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return Argon2id.of(bytes(password), salt, cost.kibibytes(), cost.iterations()).text();
    }

    /** The same bytes for what looks the same, however a keyboard composes it (RFC 8265). */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
    }
}
