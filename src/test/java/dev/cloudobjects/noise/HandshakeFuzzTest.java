package dev.cloudobjects.noise;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;

/** A first message that nobody made for this server opens no channel. */
class HandshakeFuzzTest {

    private static final KeyPair OWN = KeyPair.generate(new SecureRandom());

    @FuzzTest
    void shouldOpenNoChannel(byte[] message) {
        boolean opened = true;
        try {
            NkResponder.read(OWN, new byte[] {1}, message);
        } catch (NoiseException e) {
            opened = false;
        }
        assertFalse(opened);
    }
}
