package dev.cloudobjects.noise;

import java.util.Arrays;

/**
 * The CipherState of Noise: a key and the counter of the next message. The counter is not transmitted, so decryption fails
 * after a lost, repeated or reordered message. Not safe for use by several threads at once.
 */
final class CipherState {

    /** The nonce that derives the next key; never used for a message. */
    private static final long REKEY_NONCE = -1L;

    private static final byte[] NO_DATA = {};

    private final AesGcm cipher = new AesGcm();
    private WipeableKey key;
    private long next;

    /** Creates a state that owns the array of a 32-byte key. */
    CipherState(byte[] key) {
        this.key = new WipeableKey("AES", key);
    }

    /** The number of messages so far. */
    long count() {
        return next;
    }

    /** Encrypts; the result starts with {@code headroom} unused bytes. */
    byte[] encrypt(byte[] ad, byte[] plaintext, int headroom) {
        byte[] message = new byte[headroom + plaintext.length + AesGcm.TAG];
        cipher.encrypt(key, AesGcm.nonce(number()), ad, plaintext, message, headroom);
        next++;
        return message;
    }

    /** Decrypts a message after its first {@code headroom} bytes. @throws NoiseException if it is not the next message */
    byte[] decrypt(byte[] ad, byte[] message, int headroom) throws NoiseException {
        byte[] plaintext = cipher.decrypt(key, AesGcm.nonce(number()), ad, message, headroom);
        next++;
        return plaintext;
    }

    /** Replaces the key by the next one, from which the old one can't be computed. The counter continues. */
    void rekey() {
        byte[] output = new byte[AesGcm.KEY + AesGcm.TAG];
        cipher.encrypt(key, AesGcm.nonce(REKEY_NONCE), NO_DATA, new byte[AesGcm.KEY], output, 0);
        key.destroy();
        key = new WipeableKey("AES", Arrays.copyOf(output, AesGcm.KEY));
        Hkdf.wipe(output);
    }

    /** Overwrites the key in memory. */
    void wipe() {
        key.destroy();
    }

    private long number() {
        if (next == REKEY_NONCE) {
            throw new IllegalStateException("the numbers of messages are used up");
        }
        return next;
    }
}
