package dev.cloudobjects.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyIdsTest {

    private static SecretKey key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    @Test
    void shouldNameTheSameKeyAlikeAndOthersOtherwise() {
        assertEquals(KeyIds.of(key(1)), KeyIds.of(key(1)));
        assertNotEquals(KeyIds.of(key(1)), KeyIds.of(key(2)));
        assertEquals(11, KeyIds.of(key(1)).length());
    }

    @Test
    void shouldNotBeADigestThatOthersMayPublishOfTheKey() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key(1).getEncoded());
        assertFalse(Base64.getUrlEncoder().encodeToString(digest).startsWith(KeyIds.of(key(1))));
    }
}
