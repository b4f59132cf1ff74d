package dev.cloudobjects.noise;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The SymmetricState of Noise: the hash of the handshake transcript and the chaining key. Not safe for use by several
 * threads at once.
 */
final class SymmetricState {

    private static final String PROTOCOL = "Noise_NK_25519_AESGCM_SHA256";
    private static final byte[] NOTHING = {};

    private byte[] hash = Arrays.copyOf(PROTOCOL.getBytes(StandardCharsets.US_ASCII), Hkdf.HASH);
    private byte[] chainingKey = hash.clone();
    private @Nullable CipherState cipher;

    /** The state before the first message, from the prologue and the responder's public key. */
    SymmetricState(byte[] prologue, byte[] responderKey) {
        mixHash(prologue);
        mixHash(responderKey);
    }

    void mixHash(byte[] data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(hash);
            hash = digest.digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Mixes a shared secret into the state, and overwrites the array. */
    void mixKey(byte[] secret) {
        byte[] output = derive(secret);
        Hkdf.wipe(secret);
        Hkdf.wipe(chainingKey);
        chainingKey = Arrays.copyOf(output, Hkdf.HASH);
        forgetCipher();
        cipher = new CipherState(Arrays.copyOfRange(output, Hkdf.HASH, output.length));
        Hkdf.wipe(output);
    }

    /** Encrypts a payload and mixes it into the hash; the result starts with {@code headroom} unused bytes. */
    byte[] encryptAndHash(byte[] payload, int headroom) {
        byte[] message = keyed().encrypt(hash, payload, headroom);
        mixHash(Arrays.copyOfRange(message, headroom, message.length));
        return message;
    }

    /** Decrypts a payload after the first {@code headroom} bytes and mixes it into the hash. */
    byte[] decryptAndHash(byte[] message, int headroom) throws NoiseException {
        byte[] payload = keyed().decrypt(hash, message, headroom);
        mixHash(Arrays.copyOfRange(message, headroom, message.length));
        return payload;
    }

    /** Ends the handshake: returns the two directions, the initiator's first, and overwrites the handshake keys. */
    CipherState[] split() {
        byte[] output = derive(NOTHING);
        CipherState[] directions = {
            new CipherState(Arrays.copyOf(output, Hkdf.HASH)),
            new CipherState(Arrays.copyOfRange(output, Hkdf.HASH, output.length))
        };
        Hkdf.wipe(output);
        wipe();
        return directions;
    }

    /** Overwrites the keys in memory. */
    void wipe() {
        Hkdf.wipe(chainingKey);
        forgetCipher();
    }

    private byte[] derive(byte[] input) {
        byte[] key = Hkdf.extract(chainingKey, input);
        byte[] output = Hkdf.expand(key, NOTHING, 2 * Hkdf.HASH);
        Hkdf.wipe(key);
        return output;
    }

    private CipherState keyed() {
        CipherState current = cipher;
        if (current == null) {
            throw new IllegalStateException("in this pattern a payload follows a shared secret");
        }
        return current;
    }

    private void forgetCipher() {
        if (cipher != null) {
            cipher.wipe();
            cipher = null;
        }
    }
}
