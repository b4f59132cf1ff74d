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
 * The server's key pairs for the encrypted channel. Clients use the current one. The next one exists in advance, so that
 * clients can pin it before a rotation. A previous one is accepted while its file exists. Immutable.
 */
public final class EncryptionKeys {

    private static final int ID_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final List<Key> keys;

    private EncryptionKeys(List<Key> keys) {
        this.keys = Collections.unmodifiableList(keys);
    }

    /** The role of a key in the rotation. */
    public enum Role {
        CURRENT("encryption"),
        NEXT("encryption-next"),
        PREVIOUS("encryption-previous");

        private final String purpose;

        Role(String purpose) {
            this.purpose = purpose;
        }
    }

    /** A key pair and its role. */
    public record Key(Role role, KeyPair pair) {

        /** The key id: the first 8 bytes of the SHA-256 of the public key, in base64url. */
        public String id() {
            return BASE64.encodeToString(idOf(pair));
        }

        /** The public key, in base64url. */
        public String publicKey() {
            return BASE64.encodeToString(pair.publicKey());
        }
    }

    /**
     * Reads the keys of a keyring. Generates a missing current or next key.
     *
     * @throws IllegalStateException naming the file, if a key is invalid
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

    /** All accepted keys, the current one first. */
    public List<Key> all() {
        return keys;
    }

    /** The key with an id. */
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
