package dev.cloudobjects.noise;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;

/** HKDF of RFC 5869 with HMAC-SHA-256. The JDK has its own implementation only from version 25. */
final class Hkdf {

    static final int HASH = 32;
    private static final String HMAC = "HmacSHA256";

    private Hkdf() {}

    /** HKDF-Extract: a pseudorandom key from input keying material. An empty salt means 32 zero bytes. */
    static byte[] extract(byte[] salt, byte[] input) {
        return hmac(salt.length == 0 ? new byte[HASH] : salt, input);
    }

    /** HKDF-Expand: {@code length} bytes from a pseudorandom key, at most 255 × 32. */
    static byte[] expand(byte[] key, byte[] info, int length) {
        if (length > 255 * HASH) {
            throw new IllegalArgumentException("length must be at most " + 255 * HASH + ", but is " + length);
        }
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, number = 1; done < length; number++) {
            byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, input, block.length, info.length);
            input[input.length - 1] = (byte) number;
            wipe(block);
            block = hmac(key, input);
            wipe(input);
            int part = Math.min(block.length, length - done);
            System.arraycopy(block, 0, output, done, part);
            done += part;
        }
        wipe(block);
        return output;
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        WipeableKey secret = new WipeableKey(HMAC, key.clone());
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        } finally {
            secret.destroy();
        }
    }

    static void wipe(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }
}
