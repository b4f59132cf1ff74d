package dev.cloudobjects.users;

import dev.cloudobjects.log.Loggers;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password hash of Argon2id with its parameters. Its text is the PHC string format
 * {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, independent of the default locale.
 *
 * @param version {@code 16} or {@code 19}, for Argon2 1.0 or 1.3
 * @param kibibytes the memory, in KiB
 * @param iterations the number of passes over the memory
 * @param lanes the degree of parallelism
 */
record Argon2id(int version, int kibibytes, int iterations, int lanes, byte[] salt, byte[] hash) {

    /**
     * Requested ahead of Bouncy Castle, whose own class would otherwise be the one that the server's logger keeps. Referenced here,
     * because the log manager discards a logger without a reference.
     */
    private static final Logger LIBRARY_LOG = Loggers.named("org.bouncycastle.crypto.CryptoServicesRegistrar");

    private static final int BYTES = 32;
    private static final int MOST_KIBIBYTES = 1 << 20;

    /**
     * Accepts a second spelling: with a Turkish or Azerbaijani default locale, the library of version 0.1.0 wrote a dotless i.
     * Such a hash is a valid Argon2id hash.
     */
    private static final Pattern TEXT = Pattern.compile(
            "\\$argon2(?:[iI][dD]|ıd)(?:\\$v=(16|19))?\\$m=(\\d{1,7}),t=(\\d{1,4}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** Hashes a password with one lane. */
    static Argon2id of(byte[] password, byte[] salt, int kibibytes, int iterations) {
        Argon2id made = new Argon2id(Argon2Parameters.ARGON2_VERSION_13, kibibytes, iterations, 1, salt, new byte[BYTES]);
        made.compute(password, made.hash);
        return made;
    }

    /** Parses a text; empty if it is no Argon2id hash or has parameters that Argon2 does not allow. */
    static Optional<Argon2id> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        // A text without a version is of Argon2 1.0.
        int version = matcher.group(1) == null ? Argon2Parameters.ARGON2_VERSION_10 : Integer.parseInt(matcher.group(1));
        int kibibytes = Integer.parseInt(matcher.group(2));
        int iterations = Integer.parseInt(matcher.group(3));
        int lanes = Integer.parseInt(matcher.group(4));
        if (lanes < 1 || iterations < 1 || kibibytes < 8 * lanes || kibibytes > MOST_KIBIBYTES) {
            return Optional.empty();
        }
        try {
            byte[] salt = Base64.getDecoder().decode(matcher.group(5));
            byte[] hash = Base64.getDecoder().decode(matcher.group(6));
            return hash.length < 4
                    ? Optional.empty()
                    : Optional.of(new Argon2id(version, kibibytes, iterations, lanes, salt, hash));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this is the hash of a password. Compares in constant time. */
    boolean matches(byte[] password) {
        byte[] computed = new byte[hash.length];
        compute(password, computed);
        return MessageDigest.isEqual(hash, computed);
    }

    private void compute(byte[] password, byte[] into) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(version)
                .withMemoryAsKB(kibibytes)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        generator.generateBytes(password, into);
    }

    /** The hash in PHC string format. */
    String text() {
        return "$argon2id$v=" + version + "$m=" + kibibytes + ",t=" + iterations + ",p=" + lanes + "$" + base64(salt) + "$" + base64(hash);
    }

    /** The parameters, without the hash, so that a log can't contain it. */
    @Override
    public String toString() {
        return "Argon2id[m=" + kibibytes + ", t=" + iterations + ", p=" + lanes + "]";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
