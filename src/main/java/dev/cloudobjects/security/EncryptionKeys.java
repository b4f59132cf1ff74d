package dev.cloudobjects.security;

import dev.cloudobjects.noise.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * The server's own keys for the encrypted channel. Clients use the current one; the next one is known ahead, so that they
 * can be given it before it is used; a previous one is accepted for as long as its file is there. Immutable.
 */
public final class EncryptionKeys {

    private static final int ID_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final List<Key> keys;

    private EncryptionKeys(List<Key> keys) {
        this.keys = Collections.unmodifiableList(keys);
    }

    /** Which of the keys one is. */
    public enum Role {
        CURRENT("encryption"),
        NEXT("encryption-next"),
        PREVIOUS("encryption-previous");

        private final String purpose;

        Role(String purpose) {
            this.purpose = purpose;
        }
    }

    /** One key. */
    public record Key(Role role, KeyPair pair) {

        /** Its id: the first 8 bytes of the SHA-256 of the public key, in base64url. */
        public String id() {
            return BASE64.encodeToString(idOf(pair));
        }

        /** The public key, in base64url. */
        public String publicKey() {
            return BASE64.encodeToString(pair.publicKey());
        }
    }

    /**
     * The keys of a keyring. A current and a next one are generated where they are missing.
     *
     * @throws IllegalStateException naming the file, when one can't be used
     */
    public static EncryptionKeys of(Keyring keyring) {
        List<Key> keys = new ArrayList<>();
        for (Role role : Role.values()) {
            Optional<SecretKey> secret = role == Role.PREVIOUS
                    ? keyring.find(role.purpose)
                    : Optional.of(keyring.secret(role.purpose));
            secret.map(found -> new Key(role, pair(role, found))).ifPresent(keys::add);
        }
        return new EncryptionKeys(keys);
    }

    /** All keys that are accepted, the current one first. */
    public List<Key> all() {
        return keys;
    }

    /** The key of an id. */
    public Optional<KeyPair> find(byte[] id) {
        return keys.stream().map(Key::pair).filter(pair -> Arrays.equals(idOf(pair), id)).findFirst();
    }

    private static byte[] idOf(KeyPair pair) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(pair.publicKey());
            return Arrays.copyOf(hash, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static KeyPair pair(Role role, SecretKey secret) {
        byte[] bytes = secret.getEncoded();
        if (bytes.length != KEY_BYTES) {
            throw new IllegalStateException(
                    "the key in " + role.purpose + ".key must have " + KEY_BYTES + " bytes, but has " + bytes.length);
        }
        try {
            return KeyPair.of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
