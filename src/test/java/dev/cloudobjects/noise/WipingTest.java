package dev.cloudobjects.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What was a secret is zeros when it has done its work. */
class WipingTest {

    private static final byte[] NOTHING = {};
    private static final byte[] ZEROS = new byte[32];

    private final byte[] secret = secret();
    private final SymmetricState state = new SymmetricState(NOTHING, new byte[32]);

    private static byte[] secret() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        return secret;
    }

    @Test
    void shouldTakeEveryByte() {
        Hkdf.wipe(secret);
        assertArrayEquals(ZEROS, secret);
    }

    @Test
    void shouldHappenToAKeyThatIsDestroyed() {
        WipeableKey key = new WipeableKey("AES", secret);
        assertFalse(key.isDestroyed());
        assertArrayEquals(secret(), key.getEncoded());
        key.destroy();
        assertTrue(key.isDestroyed());
        assertArrayEquals(ZEROS, secret);
        assertThrows(IllegalStateException.class, key::getEncoded);
    }

    @Test
    void shouldHappenToAKeyThatHasASuccessor() {
        CipherState cipher = new CipherState(secret);
        cipher.rekey();
        assertArrayEquals(ZEROS, secret);
        assertEquals(1 + AesGcm.TAG, cipher.encrypt(NOTHING, new byte[1], 0).length);
    }

    @Test
    void shouldHappenToASharedSecretThatWasTakenIn() {
        state.mixKey(secret);
        assertArrayEquals(ZEROS, secret);
    }

    @Test
    void shouldLeaveNothingOfAHandshakeThatIsOver() {
        state.mixKey(secret);
        state.split();
        assertThrows(IllegalStateException.class, () -> state.encryptAndHash(NOTHING, 0));
    }

    @Test
    void shouldLeaveNothingOfAHandshakeThatIsGivenUp() {
        SymmetricState other = new SymmetricState(NOTHING, new byte[32]);
        state.mixKey(secret());
        other.mixKey(secret());
        state.wipe();
        assertThrows(IllegalStateException.class, () -> state.encryptAndHash(NOTHING, 0));
        state.mixKey(secret());
        other.mixKey(secret());
        assertNotEquals(
                Arrays.toString(state.encryptAndHash(NOTHING, 0)),
                Arrays.toString(other.encryptAndHash(NOTHING, 0)),
                "what it had come to is forgotten");
    }

    @Test
    void shouldTellWhatIsTooShortFromWhatIsWrong() {
        KeyPair own = KeyPair.generate(new SecureRandom());
        byte[] point = KeyPair.generate(new SecureRandom()).publicKey();
        String cut = assertThrows(NoiseException.class, () -> NkResponder.read(own, NOTHING, new byte[31])).getMessage();
        String wrong = assertThrows(NoiseException.class, () -> NkResponder.read(own, NOTHING, point)).getMessage();
        assertTrue(cut.contains("too short"), cut);
        assertFalse(wrong.contains("too short"), wrong);
    }
}
