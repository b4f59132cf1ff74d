package dev.cloudobjects.noise;

import static dev.cloudobjects.noise.Vectors.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandshakeTest {

    private static final byte[] PROLOGUE = ascii("here");
    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair server = KeyPair.generate(RANDOM);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<JsonObject> published() {
        return Vectors.read("/vectors/noise-nk.json").asJsonObject().getJsonArray("vectors").stream()
                .map(JsonValue::asJsonObject);
    }

    @ParameterizedTest
    @MethodSource
    void published(JsonObject vector) throws NoiseException {
        assertEquals("Noise_NK_25519_AESGCM_SHA256", vector.getString("protocol_name"));
        List<JsonObject> messages = vector.getJsonArray("messages").getValuesAs(JsonObject.class);
        KeyPair own = KeyPair.of(hex(vector.getString("resp_static")));
        assertArrayEquals(hex(vector.getString("init_remote_static")), own.publicKey());

        NkInitiator initiator = NkInitiator.start(
                own.publicKey(),
                hex(vector.getString("init_prologue")),
                payload(messages.get(0)),
                KeyPair.of(hex(vector.getString("init_ephemeral"))));
        assertArrayEquals(ciphertext(messages.get(0)), initiator.message());
        NkResponder responder = NkResponder.read(own, hex(vector.getString("resp_prologue")), initiator.message());

        NkResponder.Answer answer = responder.answer(
                payload(messages.get(1)),
                KeyPair.of(hex(vector.getString("resp_ephemeral"))),
                NoiseChannel.REKEY_AFTER);
        assertArrayEquals(ciphertext(messages.get(1)), answer.message());
        NkInitiator.Finished finished = initiator.finish(answer.message());
        assertArrayEquals(payload(messages.get(1)), finished.payload());

        for (int i = 2; i < messages.size(); i++) {
            boolean fromInitiator = i % 2 == 0;
            NoiseChannel from = fromInitiator ? finished.channel() : answer.channel();
            NoiseChannel to = fromInitiator ? answer.channel() : finished.channel();
            assertArrayEquals(ciphertext(messages.get(i)), from.seal(payload(messages.get(i)), 0));
            assertArrayEquals(payload(messages.get(i)), to.open(ciphertext(messages.get(i)), 0));
        }
    }

    @Test
    void shouldHaveMetBothPublishedVectors() {
        assertEquals(2, published().count());
    }

    private static byte[] payload(JsonObject message) {
        return hex(message.getString("payload"));
    }

    private static byte[] ciphertext(JsonObject message) {
        return hex(message.getString("ciphertext"));
    }

    @Nested
    class Refusals {

        private final NkInitiator client = start();

        private NkInitiator start() {
            try {
                return NkInitiator.start(server.publicKey(), PROLOGUE, ascii("hello"), RANDOM);
            } catch (NoiseException e) {
                throw new AssertionError(e);
            }
        }

        private byte[] answer() throws NoiseException {
            return NkResponder.read(server, PROLOGUE, client.message()).answer(NOTHING, RANDOM).message();
        }

        @Test
        void shouldRefuseAnotherPrologue() {
            assertThrows(NoiseException.class, () -> NkResponder.read(server, ascii("there"), client.message()));
        }

        @Test
        void shouldRefuseAnotherServersKey() {
            KeyPair other = KeyPair.generate(RANDOM);
            assertThrows(NoiseException.class, () -> NkResponder.read(other, PROLOGUE, client.message()));
        }

        @Test
        void shouldRefuseAnAnswerWithoutTheServersKey() throws NoiseException {
            KeyPair impostor = KeyPair.generate(RANDOM);
            NkInitiator other = NkInitiator.start(impostor.publicKey(), PROLOGUE, ascii("hello"), RANDOM);
            byte[] answer = NkResponder.read(impostor, PROLOGUE, other.message()).answer(NOTHING, RANDOM).message();
            assertThrows(NoiseException.class, () -> client.finish(answer));
        }

        @Test
        void shouldRefuseAFirstMessageWithAnyByteFlipped() {
            byte[] message = client.message();
            IntStream.range(0, message.length)
                    .forEach(i -> assertThrows(
                            NoiseException.class,
                            () -> NkResponder.read(server, PROLOGUE, flipped(message, i)),
                            "byte " + i));
        }

        @Test
        void shouldRefuseAnAnswerWithAnyByteFlipped() throws NoiseException {
            int length = answer().length;
            for (int i = 0; i < length; i++) {
                Refusals fresh = new Refusals();
                byte[] flipped = flipped(fresh.answer(), i);
                assertThrows(NoiseException.class, () -> fresh.client.finish(flipped), "byte " + i);
            }
        }

        @Test
        void shouldRefuseWhatIsCutShort() throws NoiseException {
            byte[] message = client.message();
            IntStream.range(0, message.length).forEach(i -> assertThrows(
                    NoiseException.class, () -> NkResponder.read(server, PROLOGUE, Arrays.copyOf(message, i))));
            for (int i : new int[] {0, 31, 32, 47}) {
                Refusals fresh = new Refusals();
                byte[] cut = Arrays.copyOf(fresh.answer(), i);
                assertThrows(NoiseException.class, () -> fresh.client.finish(cut), i + " bytes");
            }
        }

        @Test
        void shouldRefuseAClientsKeyOfLowOrder() {
            assertThrows(NoiseException.class, () -> NkResponder.read(server, PROLOGUE, new byte[48]));
        }

        @Test
        void shouldRefuseAServersKeyOfLowOrder() {
            assertThrows(NoiseException.class, () -> NkInitiator.start(new byte[32], PROLOGUE, NOTHING, RANDOM));
        }

        @Test
        void shouldNotShowThePayload() {
            assertFalse(new String(client.message(), StandardCharsets.ISO_8859_1).contains("hello"));
        }

        private byte[] flipped(byte[] message, int at) {
            byte[] flipped = message.clone();
            flipped[at] ^= 1;
            return flipped;
        }
    }
}
