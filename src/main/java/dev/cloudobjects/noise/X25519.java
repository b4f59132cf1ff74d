package dev.cloudobjects.noise;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** X25519 of RFC 7748, by the JDK. Keys are encoded as 32 bytes, little-endian. */
final class X25519 {

    static final int LENGTH = 32;
    private static final String NAME = "X25519";
    private static final byte[] BASE_POINT = new byte[LENGTH];

    static {
        BASE_POINT[0] = 9;
    }

    private X25519() {}

    /** Generates a key pair. */
    static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.X25519, random);
            java.security.KeyPair pair = generator.generateKeyPair();
            return new KeyPair(pair.getPrivate(), bytes(((XECPublicKey) pair.getPublic()).getU()));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The key pair of a private key; any 32 bytes are a private key. */
    static KeyPair pair(byte[] secret) {
        if (secret.length != LENGTH) {
            throw new IllegalArgumentException("a private key has " + LENGTH + " bytes, not " + secret.length);
        }
        try {
            PrivateKey key = KeyFactory.getInstance(NAME)
                    .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret));
            return new KeyPair(key, agree(key, BASE_POINT));
        } catch (NoiseException | GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * Computes the shared secret.
     *
     * @throws NoiseException if the peer's key has a low order, so that the result would be zero
     */
    static byte[] agree(PrivateKey own, byte[] peer) throws NoiseException {
        if (peer.length != LENGTH) {
            throw new NoiseException("a public key of " + peer.length + " bytes");
        }
        byte[] secret;
        try {
            KeyAgreement agreement = KeyAgreement.getInstance(NAME);
            agreement.init(own);
            agreement.doPhase(key(peer), true);
            secret = agreement.generateSecret();
        } catch (InvalidKeyException e) {
            throw new NoiseException("a public key of low order");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
        // Not all providers check for a zero result.
        int or = 0;
        for (byte one : secret) {
            or |= one;
        }
        if (or == 0) {
            throw new NoiseException("a public key of low order");
        }
        return secret;
    }

    private static PublicKey key(byte[] littleEndian) throws GeneralSecurityException {
        byte[] magnitude = reversed(littleEndian);
        // RFC 7748: the highest bit is ignored.
        magnitude[0] &= 0x7f;
        return KeyFactory.getInstance(NAME)
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, magnitude)));
    }

    private static byte[] bytes(BigInteger u) {
        byte[] bytes = new byte[LENGTH];
        byte[] magnitude = u.toByteArray();
        for (int i = 0; i < Math.min(LENGTH, magnitude.length); i++) {
            bytes[i] = magnitude[magnitude.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static IllegalStateException missing(Exception cause) {
        return new IllegalStateException("this Java platform has no working " + NAME, cause);
    }
}
