package dev.cloudobjects.noise;

import java.util.Arrays;

/**
 * A key and the number of the next message under it: the CipherState of Noise. The number never travels, so a message
 * that was lost, repeated or moved is met with the wrong one and fails. Used by one thread at a time.
 */
final class CipherState {

    /** Never the number of a message: it makes the next key. */
    private static final long REKEY_NONCE = -1L;

    private static final byte[] NO_DATA = {};

    private final AesGcm cipher = new AesGcm();
    private WipeableKey key;
    private long next;

    /** A state that takes a key of 32 bytes over. */
    CipherState(byte[] key) {
        this.key = new WipeableKey("AES", key);
    }

    /** How many messages there were. */
    long count() {
        return next;
    }

    /** Encrypts behind so many bytes that are left free. */
    byte[] encrypt(byte[] ad, byte[] plaintext, int headroom) {
        byte[] message = new byte[headroom + plaintext.length + AesGcm.TAG];
        cipher.encrypt(key, AesGcm.nonce(number()), ad, plaintext, message, headroom);
        next++;
        return message;
    }

    /** Decrypts what is behind so many bytes. @throws NoiseException when it is not the next message */
    byte[] decrypt(byte[] ad, byte[] message, int headroom) throws NoiseException {
        byte[] plaintext = cipher.decrypt(key, AesGcm.nonce(number()), ad, message, headroom);
        next++;
        return plaintext;
    }

    /** Goes on with the next key, from which this one can't be found. The count goes on as well. */
    void rekey() {
        byte[] output = new byte[AesGcm.KEY + AesGcm.TAG];
        cipher.encrypt(key, AesGcm.nonce(REKEY_NONCE), NO_DATA, new byte[AesGcm.KEY], output, 0);
        key.destroy();
        key = new WipeableKey("AES", Arrays.copyOf(output, AesGcm.KEY));
        Hkdf.wipe(output);
    }

    /** Forgets the key. */
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
