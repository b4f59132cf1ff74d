package dev.cloudobjects.noise;

import java.security.PrivateKey;
import java.security.SecureRandom;

/** A private key of X25519 and its public one. Immutable. */
public final class KeyPair {

    private final PrivateKey secret;
    private final byte[] publicKey;

    KeyPair(PrivateKey secret, byte[] publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /** A new one. */
    public static KeyPair generate(SecureRandom random) {
        return X25519.generate(random);
    }

    /** That of a private key of 32 bytes, which stay the caller's to wipe. */
    public static KeyPair of(byte[] secret) {
        return X25519.pair(secret);
    }

    /** The public key, 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The secret shared with the owner of another key. */
    byte[] agree(byte[] peer) throws NoiseException {
        return X25519.agree(secret, peer);
    }
}
