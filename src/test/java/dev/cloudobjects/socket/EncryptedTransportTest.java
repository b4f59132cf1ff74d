package dev.cloudobjects.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.json.MalformedMessage;
import dev.cloudobjects.json.Payload;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.noise.NkInitiator;
import dev.cloudobjects.noise.NoiseChannel;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.Dialect;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.security.EncryptionKeys;
import dev.cloudobjects.security.Keyring;
import dev.cloudobjects.session.Bench;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link FrameReader} and {@link ChannelWire}: the two ends of one connection's channel. */
class EncryptedTransportTest {

    private static final byte[] PROLOGUE = {1, 2, 3};
    private static final byte[] PING = utf8("{\"type\":\"ping\"}");
    private static final int LIMIT = 100;

    @TempDir
    static Path folder;

    private final List<byte[]> sent = new ArrayList<>();
    private final List<String> closes = new ArrayList<>();
    private final List<Encoded> answers = new ArrayList<>();
    private EncryptionKeys keys;
    private ChannelWire wire;
    private FrameReader reader;

    private final Wire socket = new Wire() {
        @Override
        public void send(Encoded message, Done done) {
            sent.add(message.toBytes());
            done.ended(null);
        }

        @Override
        public void ping() {}

        @Override
        public void close(int code, String reason) {
            closes.add(code + " " + reason);
        }
    };

    @BeforeEach
    void keys() {
        keys = EncryptionKeys.of(new Keyring(folder, new SecureRandom()));
        connect(false);
    }

    private void connect(boolean demanded) {
        wire = new ChannelWire(socket, demanded);
        ChannelTerms terms = new ChannelTerms(keys, PROLOGUE, demanded);
        reader = new FrameReader(Dialect.V1.codec(Bench.JSON), LIMIT, terms, wire, answers::add);
    }

    private Optional<ClientFrame> binary(byte[] message) throws NoiseException, MessageAssembler.TooLargeException {
        return reader.binary(message).map(Unread::read);
    }

    private ClientFrame text(String message) throws NoiseException, MessageAssembler.TooLargeException {
        return reader.text(message).read();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private NkInitiator initiator(byte[] prologue) throws NoiseException {
        byte[] key = Base64.getUrlDecoder().decode(keys.all().get(0).publicKey());
        return NkInitiator.start(key, prologue, new byte[0], new SecureRandom());
    }

    private byte[] handshake(NkInitiator initiator) {
        byte[] id = Base64.getUrlDecoder().decode(keys.all().get(0).id());
        byte[] says = initiator.message();
        return ByteBuffer.allocate(1 + id.length + says.length).put((byte) 2).put(id).put(says).array();
    }

    /** Opens the channel, and gives the client's end of it. */
    private NoiseChannel opened() throws Exception {
        NkInitiator initiator = initiator(PROLOGUE);
        assertEquals(Optional.empty(), binary(handshake(initiator)));
        wire.send(answers.get(0), failure -> {});
        byte[] answer = sent.remove(0);
        assertEquals(2, answer[0]);
        return initiator.finish(Arrays.copyOfRange(answer, 1, answer.length)).channel();
    }

    private static byte[] sealed(NoiseChannel client, byte[] frame) {
        return ChannelFrames.sealed(client.seal(frame, 1)).toBytes();
    }

    @Nested
    class Reading {

        @Test
        void shouldReadInClearWhereTheClientDoesNotAskForMore() throws Exception {
            assertEquals(Optional.of(new ClientFrame.Ping()), binary(PING));
            assertEquals(new ClientFrame.Ping(), text("{\"type\":\"ping\"}"));
            assertFalse(wire.encrypts());
        }

        @Test
        void shouldReadWhatIsSealed() throws Exception {
            NoiseChannel client = opened();
            assertTrue(wire.encrypts());
            assertEquals(Optional.of(new ClientFrame.Ping()), binary(sealed(client, PING)));
            byte[] binary = Base64.getDecoder().decode("AQASeyJ0eXBlIjoibWVzc2FnZSJ9AP9/");
            assertEquals(
                    Optional.of(new ClientFrame.Message(null, new Payload.Binary(new byte[] {0, -1, 127}))),
                    binary(sealed(client, binary)));
        }

        @Test
        void shouldTellOfAMalformedFrameAndGoOn() throws Exception {
            NoiseChannel client = opened();
            byte[] malformed = sealed(client, utf8("{"));
            assertThrows(MalformedMessage.class, () -> binary(malformed));
            assertEquals(Optional.of(new ClientFrame.Ping()), binary(sealed(client, PING)));
        }

        @Test
        void shouldRefuseWhatIsInClearOnceItIsOpen() throws Exception {
            opened();
            assertThrows(NoiseException.class, () -> binary(PING));
            assertThrows(NoiseException.class, () -> text("{\"type\":\"ping\"}"));
            assertThrows(NoiseException.class, () -> reader.beginText());
        }

        @Test
        void shouldRefuseASecondHandshake() throws Exception {
            opened();
            byte[] second = handshake(initiator(PROLOGUE));
            assertThrows(NoiseException.class, () -> binary(second));
        }

        @Test
        void shouldRefuseToOpenLater() throws Exception {
            binary(PING);
            byte[] late = handshake(initiator(PROLOGUE));
            assertThrows(MalformedMessage.class, () -> binary(late));
            assertFalse(wire.encrypts());
        }

        @Test
        void shouldRefuseOtherTerms() throws Exception {
            byte[] other = handshake(initiator(new byte[] {9}));
            assertThrows(NoiseException.class, () -> binary(other));
        }

        @Test
        void shouldRefuseAKeyThatIsNotOurs() throws Exception {
            byte[] other = handshake(initiator(PROLOGUE));
            other[1] ^= 1;
            assertThrows(NoiseException.class, () -> binary(other));
        }

        @Test
        void shouldRefuseAnythingButAHandshakeWhereOneIsDemanded() {
            connect(true);
            assertThrows(NoiseException.class, () -> binary(PING));
            connect(true);
            assertThrows(NoiseException.class, () -> text("{\"type\":\"connect\"}"));
            connect(true);
            assertThrows(NoiseException.class, () -> binary(new byte[] {3, 1, 2}));
        }

        @Test
        void shouldNotTakeASecondTryWhereOneIsDemanded() throws Exception {
            connect(true);
            assertThrows(NoiseException.class, () -> binary(PING));
            byte[] second = handshake(initiator(PROLOGUE));
            assertThrows(NoiseException.class, () -> binary(second));
        }

        @Test
        void shouldCountWhatIsInsideTowardsTheLimit() throws Exception {
            String frame = "{\"type\":\"message\",\"data\":\"%s\"}";
            byte[] most = utf8(frame.formatted("x".repeat(LIMIT - frame.length() + 2)));
            byte[] more = utf8(frame.formatted("x".repeat(LIMIT - frame.length() + 3)));
            assertEquals(LIMIT, most.length);
            binary(most);
            assertThrows(MessageAssembler.TooLargeException.class, () -> binary(more));
            assertThrows(
                    MessageAssembler.TooLargeException.class, () -> text(new String(more, StandardCharsets.UTF_8)));
            connect(true);
            answers.clear();
            NoiseChannel client = opened();
            byte[] fits = sealed(client, most);
            assertEquals(LIMIT + FrameReader.overhead(), fits.length);
            binary(fits);
            byte[] exceeds = sealed(client, more);
            assertThrows(MessageAssembler.TooLargeException.class, () -> binary(exceeds));
        }
    }

    @Nested
    class Writing {

        private void send(String text) {
            wire.send(new Encoded.Text(text), failure -> {});
        }

        @Test
        void shouldWriteAsItIsWithoutAChannel() {
            send("{}");
            assertArrayEquals(utf8("{}"), sent.get(0));
        }

        @Test
        void shouldSealAllButTheAnswer() throws Exception {
            NoiseChannel client = opened();
            send("{\"a\":1}");
            send("{\"a\":1}");
            for (byte[] message : sent) {
                assertTrue(ChannelFrames.isSealed(message));
                assertArrayEquals(utf8("{\"a\":1}"), client.open(message, 1));
            }
            assertFalse(Arrays.equals(sent.get(0), sent.get(1)));
        }

        @Test
        void shouldHaveNoKeysAnyMoreOnceTheConnectionIsOver() throws Exception {
            NoiseChannel client = opened();
            byte[] late = sealed(client, utf8("{}"));
            wire.over();
            assertThrows(IllegalStateException.class, () -> send("{}"));
            assertThrows(NoiseException.class, () -> binary(late));
        }

        @Test
        void shouldWriteNothingWhereAChannelIsDemandedAndThereIsNone() {
            connect(true);
            send("{\"secret\":1}");
            assertEquals(List.of(), sent);
        }

        @Test
        void shouldGiveReasonsAwayInClearOnly() throws Exception {
            wire.close(1002, "a word of yours");
            opened();
            wire.close(1002, "a word of yours");
            wire.close(3999, "a word of yours");
            connect(true);
            wire.close(4004, "a word of yours");
            assertEquals(
                    List.of(
                            "1002 a word of yours",
                            "1002 the protocol was violated",
                            "3999 ",
                            "4004 the encrypted channel failed"),
                    closes);
        }
    }
}
