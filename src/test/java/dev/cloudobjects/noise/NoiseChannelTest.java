package dev.cloudobjects.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NoiseChannelTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Pair pair = Pair.open(4);

    /** Both ends of a channel. */
    record Pair(NoiseChannel client, NoiseChannel server) {

        static Pair open(long rekeyAfter) {
            try {
                KeyPair own = KeyPair.generate(RANDOM);
                NkInitiator initiator =
                        NkInitiator.start(own.publicKey(), new byte[0], new byte[0], RANDOM);
                NkResponder.Answer answer = NkResponder.read(own, new byte[0], initiator.message())
                        .answer(new byte[0], KeyPair.generate(RANDOM), rekeyAfter);
                return new Pair(initiator.finish(answer.message(), rekeyAfter).channel(), answer.channel());
            } catch (NoiseException e) {
                throw new AssertionError(e);
            }
        }

        byte[] sent(String text) {
            return client.seal(text.getBytes(StandardCharsets.UTF_8), 0);
        }

        String heard(byte[] message) throws NoiseException {
            return new String(server.open(message, 0), StandardCharsets.UTF_8);
        }
    }

    private void assertRefused(byte[] message) {
        assertThrows(NoiseException.class, () -> pair.heard(message));
    }

    @Test
    void shouldCarryMessagesBothWaysOverManyKeys() throws NoiseException {
        for (int i = 0; i < 41; i++) {
            assertEquals("to " + i, pair.heard(pair.sent("to " + i)));
            byte[] back = ("back " + i).getBytes(StandardCharsets.UTF_8);
            assertArrayEquals(back, pair.client().open(pair.server().seal(back, 0), 0));
        }
    }

    @Test
    void shouldCountEachDirectionOfItsOwn() throws NoiseException {
        for (int i = 0; i < 9; i++) {
            pair.heard(pair.sent("x"));
        }
        assertArrayEquals(new byte[3], pair.client().open(pair.server().seal(new byte[3], 0), 0));
    }

    @Test
    void shouldLeaveRoomForAFrame() throws NoiseException {
        byte[] framed = pair.client().seal(new byte[] {7, 8}, 5);
        assertEquals(5 + 2 + NoiseChannel.OVERHEAD, framed.length);
        assertArrayEquals(new byte[5], Arrays.copyOf(framed, 5));
        assertArrayEquals(new byte[] {7, 8}, pair.server().open(framed, 5));
    }

    @Test
    void shouldNeverSealTheSameTwice() {
        assertFalse(Arrays.equals(pair.sent("again"), pair.sent("again")));
    }

    @Test
    void shouldGoOnWithAnotherKeyAsBothCount() throws NoiseException {
        Pair often = Pair.open(1);
        Pair never = Pair.open(Long.MAX_VALUE);
        often.heard(often.sent("a"));
        never.heard(never.sent("a"));
        assertEquals("b", often.heard(often.sent("b")));
        assertEquals("b", never.heard(never.sent("b")));
    }

    @Test
    void shouldRekeyAfterAMillionMessagesByDefault() {
        assertEquals(1_048_576, NoiseChannel.REKEY_AFTER);
    }

    @Test
    void shouldRefuseARepetition() throws NoiseException {
        byte[] message = pair.sent("once");
        pair.heard(message);
        assertRefused(message);
    }

    @Test
    void shouldRefuseAMessageOutOfOrderAndAllThatFollow() {
        byte[] first = pair.sent("first");
        byte[] second = pair.sent("second");
        assertRefused(second);
        assertRefused(first);
        assertRefused(second);
    }

    @Test
    void shouldRefuseWhatFollowsALoss() {
        pair.sent("lost");
        assertRefused(pair.sent("next"));
    }

    @Test
    void shouldRefuseItsOwnMessages() {
        byte[] message = pair.sent("reflected");
        assertThrows(NoiseException.class, () -> pair.client().open(message, 0));
    }

    @Test
    void shouldRefuseMessagesOfAnotherChannel() {
        assertRefused(Pair.open(4).sent("other"));
    }

    @Test
    void shouldRefuseAnyByteThatIsFlipped() {
        byte[] message = pair.sent("0123456789");
        for (int i = 0; i < message.length; i++) {
            Pair fresh = Pair.open(4);
            byte[] flipped = fresh.sent("0123456789");
            flipped[i] ^= (byte) 0x80;
            assertThrows(NoiseException.class, () -> fresh.heard(flipped), "byte " + i);
        }
    }

    @Test
    void shouldSealAndOpenNothingOnceItIsClosed() {
        byte[] message = pair.sent("late");
        pair.server().close();
        assertRefused(message);
        assertThrows(IllegalStateException.class, () -> pair.server().seal(new byte[1], 0));
        pair.server().close();
    }

    @Test
    void shouldWipeTheKeysOfBothDirectionsWhenItIsClosed() {
        CipherState sealing = new CipherState(new byte[32]);
        CipherState opening = new CipherState(new byte[32]);
        new NoiseChannel(sealing, opening, 4).close();
        for (CipherState state : new CipherState[] {sealing, opening}) {
            assertThrows(IllegalStateException.class, () -> state.encrypt(new byte[0], new byte[1], 0));
        }
    }

    @Test
    void shouldOpenNothingButGoOnSealingAfterAFault() {
        assertRefused(new byte[40]);
        assertEquals(3 + NoiseChannel.OVERHEAD, pair.server().seal(new byte[3], 0).length);
    }

    @Test
    void shouldRefuseWhatIsCutShortOrLonger() {
        byte[] message = pair.sent("0123456789");
        assertThrows(NoiseException.class, () -> Pair.open(4).heard(Arrays.copyOf(message, 15)));
        assertRefused(Arrays.copyOf(message, message.length + 1));
    }
}
