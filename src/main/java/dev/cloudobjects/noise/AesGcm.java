package dev.cloudobjects.noise;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with 96-bit nonces and 128-bit tags. Not safe for use by several threads at once. */
final class AesGcm {

    static final int KEY = 32;
    static final int NONCE = 12;
    static final int TAG = 16;

    private final Cipher cipher;

    AesGcm() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no AES/GCM", e);
        }
    }

    /** The nonce that Noise defines for AESGCM: 32 zero bits, then the counter, big-endian. */
    static byte[] nonce(long counter) {
        return ByteBuffer.allocate(NONCE).putInt(0).putLong(counter).array();
    }

    /** Encrypts; writes ciphertext and tag to the array {@code to}, from index {@code at}. */
    void encrypt(SecretKey key, byte[] nonce, byte[] ad, byte[] plaintext, byte[] to, int at) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(ad);
            cipher.doFinal(plaintext, 0, plaintext.length, to, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM can't encrypt", e);
        }
    }

    /** Decrypts the rest of the array {@code from}, from index {@code at}. @throws NoiseException if the tag is wrong */
    byte[] decrypt(SecretKey key, byte[] nonce, byte[] ad, byte[] from, int at) throws NoiseException {
        if (from.length - at < TAG) {
            throw new NoiseException("a message without a tag");
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(ad);
            return cipher.doFinal(from, at, from.length - at);
        } catch (AEADBadTagException e) {
            throw new NoiseException("a message with a wrong tag");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM can't decrypt", e);
        }
    }
}
