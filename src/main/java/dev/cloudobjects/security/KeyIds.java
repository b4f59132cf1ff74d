package dev.cloudobjects.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.SecretKey;

/** Computes key ids: short texts that identify a key without revealing it. */
final class KeyIds {

    private KeyIds() {}

    static String of(SecretKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("cloud-objects key id".getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(key.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 11);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
