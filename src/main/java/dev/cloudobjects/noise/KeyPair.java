package dev.cloudobjects.noise;

import java.security.PrivateKey;
import java.security.SecureRandom;

/** An X25519 key pair. Immutable. */
public final class KeyPair {

    private final PrivateKey secret;
    private final byte[] publicKey;

    KeyPair(PrivateKey secret, byte[] publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /** Generates a key pair. */
    public static KeyPair generate(SecureRandom random) {
        return X25519.generate(random);
    }

    /** The key pair of a 32-byte private key. The caller keeps the array and wipes it. */
    public static KeyPair of(byte[] secret) {
        return X25519.pair(secret);
    }

    /** The public key, 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The shared secret with the owner of a public key. */
    byte[] agree(byte[] peer) throws NoiseException {
        return X25519.agree(secret, peer);
    }
}
