package dev.cloudobjects.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.client.Client;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no proper client sends: the connection ends with the right code, and the object hears of it once. */
class WireFaultsIT extends FromOutside {

    private static final String LIFE = "it/pub.life";
    private static final int LIMIT = 65_536;
    private static final int FIN = 0x80;

    private final Device device = Device.ofNobody();

    private Raw connect() {
        Raw raw = Raw.ask(LIFE, device.client().headers());
        raw.object();
        return raw;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A message of so many bytes. */
    private static byte[] message(int bytes) {
        return ascii("{\"x\":\"" + "y".repeat(bytes - 8) + "\"}");
    }

    // Size

    @Test
    void shouldTakeAMessageUpToTheLimit() {
        try (Raw raw = connect()) {
            raw.frame(FIN | Raw.TEXT, message(LIMIT));
            assertStillOpen(raw);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 100_000})
    void shouldCloseOnAMessageBeyondIt(int bytes) {
        try (Raw raw = connect()) {
            assertEquals(1009, raw.frame(FIN | Raw.TEXT, message(bytes)).closed());
        }
        try (Raw raw = connect()) {
            assertEquals(1009, raw.frame(FIN | Raw.BINARY, message(bytes)).closed());
        }
        assertNoMessage(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Raw.TEXT, Raw.BINARY})
    void shouldCountTheBytesOfAllFragments(int opcode) {
        try (Raw raw = connect()) {
            raw.frame(opcode, new byte[30_000]).frame(0, new byte[30_000]).frame(0, new byte[30_000]);
            assertEquals(1009, raw.closed());
        }
        assertNoMessage(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Raw.TEXT, Raw.BINARY})
    void shouldCountTheFragments(int opcode) {
        try (Raw raw = connect()) {
            raw.frame(opcode, ascii(" "));
            for (int i = 0; i < 64; i++) {
                raw.frame(0, ascii(" "));
            }
            assertEquals(1009, raw.closed());
        }
        assertNoMessage(1);
    }

    @Test
    void shouldTakeAsManyFragmentsAsAreAllowed() {
        try (Raw raw = connect()) {
            raw.frame(Raw.TEXT, ascii("{"));
            for (int i = 0; i < 62; i++) {
                raw.frame(0, ascii(" "));
            }
            raw.frame(FIN, ascii("\"say\":1}"));
            assertEquals("1", raw.next().text());
            assertStillOpen(raw);
        }
    }

    @Test
    void shouldNotBeHeldByManyTinyFragments() {
        try (Raw raw = connect();
                Raw other = connect()) {
            byte[] tiny = {0, (byte) 0x81, 0, 0, 0, 0, ' '};
            ByteBuffer many = ByteBuffer.allocate(tiny.length * 200_000);
            while (many.hasRemaining()) {
                many.put(tiny);
            }
            raw.frame(Raw.BINARY, ascii(" ")).bytes(many.array());
            assertTrue(List.of(1009, 1006).contains(raw.closed()));
            assertStillOpen(other);
        }
    }

    // Frames

    static Stream<Arguments> brokenFrames() {
        return Stream.of(
                broken("not masked", raw -> raw.unmasked(FIN | Raw.TEXT, ascii("{\"say\":1}"))),
                broken("reserved bit 1", raw -> raw.frame(FIN | 0x40 | Raw.TEXT, ascii("{}"))),
                broken("reserved bit 2", raw -> raw.frame(FIN | 0x20 | Raw.TEXT, ascii("{}"))),
                broken("reserved bit 3", raw -> raw.frame(FIN | 0x10 | Raw.TEXT, ascii("{}"))),
                broken("opcode 3", raw -> raw.frame(FIN | 3, ascii("{}"))),
                broken("opcode 11", raw -> raw.frame(FIN | 11, ascii("{}"))),
                broken("continues nothing", raw -> raw.frame(FIN, ascii("{}"))),
                broken("text within text", raw -> raw.frame(Raw.TEXT, ascii("{")).frame(Raw.TEXT, ascii("}"))),
                broken("ping in fragments", raw -> raw.frame(9, ascii("x")).frame(FIN, ascii("x"))),
                broken("ping of 126 bytes", raw -> raw.frame(FIN | 9, new byte[126])),
                broken("length 2^63", raw -> raw.bytes(length(Long.MIN_VALUE)).bytes(ascii("{\"say\":\"anything\"}"))),
                broken("close code 1005", raw -> raw.frame(FIN | Raw.CLOSE, new byte[] {3, (byte) 0xed})),
                broken("close of one byte", raw -> raw.frame(FIN | Raw.CLOSE, new byte[] {3})));
    }

    private static Arguments broken(String what, Consumer<Raw> send) {
        return Arguments.of(what, send);
    }

    private static byte[] length(long length) {
        return ByteBuffer.allocate(14).put((byte) (FIN | Raw.TEXT)).put((byte) 0xff).putLong(length).putInt(0).array();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFrames")
    void shouldCloseOnAFrameAgainstTheProtocol(String what, Consumer<Raw> send) {
        try (Raw raw = connect()) {
            send.accept(raw);
            int code = raw.closed();
            assertTrue(List.of(1002, 1006).contains(code), what + " was closed with " + code);
        }
        assertNoMessage(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, Integer.MAX_VALUE})
    void shouldCloseOnALengthBeyondAllMeasureWithoutWaitingForTheBytes(int bytes) {
        try (Raw raw = connect()) {
            assertEquals(1009, raw.bytes(length(bytes)).closed());
        }
        assertNoMessage(1);
    }

    @Test
    void shouldCloseOnTextThatIsNoUtf8() {
        for (byte[] bad : List.of(
                new byte[] {'"', (byte) 0xc3, '"'}, new byte[] {'"', (byte) 0xff, '"'}, new byte[] {
                    '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'
                })) {
            try (Raw raw = connect()) {
                assertEquals(1007, raw.frame(FIN | Raw.TEXT, bad).closed());
            }
        }
        assertNoMessage(3);
    }

    @Test
    void shouldTakeTextOfManyBytesACharacter() {
        try (Raw raw = connect()) {
            raw.text("{\"say\":\"ü漢\uD83D\uDE00\"}");
            assertEquals("\"ü漢\uD83D\uDE00\"", raw.next().text());
        }
    }

    @Test
    void shouldTakeBinaryFragmentsThatPartACharacter() {
        byte[] frame = "{\"type\":\"message\",\"data\":{\"say\":\"漢\"}}".getBytes(StandardCharsets.UTF_8);
        int middle = new String(frame, StandardCharsets.ISO_8859_1).indexOf('\u00e6') + 1;
        try (Raw raw = Raw.ask(LIFE, Map.of("Sec-WebSocket-Protocol", Client.V1))) {
            raw.frame(FIN | Raw.BINARY, ascii("{\"type\":\"connect\"}"));
            assertEquals("connected", raw.object().getString("type"));
            raw.frame(Raw.BINARY, Arrays.copyOf(frame, middle));
            raw.frame(FIN, Arrays.copyOfRange(frame, middle, frame.length));
            assertEquals("漢", raw.object().getString("data"));
        }
    }

    // Frames of the dialects

    @ParameterizedTest
    @ValueSource(strings = {"{", "nope", "", " ", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]"})
    void shouldTellAPlainClientThatItsTextIsMalformedAndGoOn(String text) {
        try (Raw raw = connect()) {
            assertEquals(400, raw.text(text).object().getJsonObject("vkWebSocket").getJsonObject("err").getInt("code"));
            assertStillOpen(raw);
        }
        assertEquals(1, device.count("message"));
    }

    @Test
    void shouldTellAboutEndlessDepthAtOnce() {
        try (Raw raw = connect()) {
            raw.text("[".repeat(60_000));
            assertEquals(400, raw.object().getJsonObject("vkWebSocket").getJsonObject("err").getInt("code"));
            assertStillOpen(raw);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resume", "batch"})
    void shouldRefuseReservedFramesAndGoOn(String type) {
        assertRefusedInV1("{\"type\":\"" + type + "\"}", 501);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{", "7", "{}", "{\"type\":7}", "{\"type\":\"unknown\"}", "{\"type\":\"connected\"}", "{\"type\":\"ack\",\"id\":1}", "{\"type\":\"auth\"}",
                "{\"type\":\"message\",\"id\":0}", "{\"type\":\"message\",\"id\":\"a\"}"
            })
    void shouldRefuseWhatIsNoFrameAndGoOn(String text) {
        assertRefusedInV1(text, 400);
    }

    @Test
    void shouldRefuseABatch() {
        assertRefusedInV1("[{\"type\":\"ping\"}]", 501);
    }

    private void assertRefusedInV1(String text, int code) {
        try (var socket = device.client().connectV1(LIFE)) {
            socket.sendText(text);
            assertEquals(code, socket.event("error").getJsonObject("err").getInt("code"), text);
            socket.send(Client.json("type", "ping"));
            assertEquals("pong", socket.object().getString("type"));
        }
        assertEquals(0, device.count("message"));
    }

    @Test
    void shouldRefuseBinaryThatIsNoFrameAndGoOn() {
        try (var socket = device.client().connectV1(LIFE)) {
            for (byte[] bytes : new byte[][] {{2, 0, 0}, {1}, {1, 0}, {1, 0, 5, '{'}, {1, (byte) 0xff, (byte) 0xff}, {}}) {
                socket.sendBinary(bytes);
                assertEquals(400, socket.event("error").getJsonObject("err").getInt("code"));
            }
            socket.send(Client.json("type", "ping"));
            assertEquals("pong", socket.object().getString("type"));
        }
    }

    @Test
    void shouldRefuseSubprotocolsThatItDoesNotKnow() {
        try (Raw raw = Raw.ask(LIFE, Map.of("Sec-WebSocket-Protocol", "chat, cloudobjects.v9"))) {
            assertEquals(400, raw.answer().status());
        }
        try (Raw raw = Raw.ask(LIFE, Map.of("Sec-WebSocket-Protocol", "chat, cloudobjects.v1"))) {
            assertEquals(101, raw.answer().status());
            assertEquals("cloudobjects.v1", raw.answer().headers().get("sec-websocket-protocol"));
        }
    }

    @Test
    void shouldKeepTheEndpointsOwnAddressShut() {
        try (Raw raw = Raw.exchange(
                "GET /ws-endpoint",
                Map.of(
                        "Upgrade", "websocket",
                        "Connection", "Upgrade",
                        "Sec-WebSocket-Version", "13",
                        "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="))) {
            assertTrue(!raw.answer().isOpen() || List.of(1006, 1008, 1011).contains(raw.closed()), raw.answer().toString());
        }
    }

    private static void assertStillOpen(Raw raw) {
        assertEquals("\"here\"", raw.text("{\"say\":\"here\"}").next().text());
    }

    /** So many connections have ended, each was told once, and none handled a message. */
    private void assertNoMessage(int ended) {
        Awaitility.await().atMost(Client.PATIENCE).until(() -> device.count("disconnection") >= ended);
        assertEquals(ended, device.count("disconnection"), () -> device.events().toString());
        assertEquals(0, device.count("message"), () -> device.events().toString());
    }
}
