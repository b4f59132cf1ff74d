package dev.cloudobjects.it.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cloudobjects.it.FromOutside;
import dev.cloudobjects.it.client.Device;
import dev.cloudobjects.it.client.Raw;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What RFC 6455 asks of a server, case by case, in the order of its sections 5 to 8: what is sent, and what has to come.
 * After a close the socket has to end at once.
 */
class ProtocolCasesIT extends FromOutside {

    private static final int LIMIT = 65_536;
    private static final int FIN = 0x80;
    private static final byte[] NOTHING = {};

    private final Device device = Device.ofNobody();

    /** A connection as each case has it; what it writes is masked. */
    private Raw connect() {
        Raw raw = Raw.ask("it/pub.life", device.client().headers());
        raw.object();
        return raw;
    }

    private static Arguments row(String what, Consumer<Raw> send) {
        return Arguments.of(what, send);
    }

    private static Arguments row(String what, int code, Consumer<Raw> send) {
        return Arguments.of(what, code, send);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A message that the object answers with its text. */
    private static byte[] say(String text) {
        return utf8("{\"say\":\"" + text + "\"}");
    }

    private static void assertEcho(String text, Raw raw) {
        assertEquals("\"" + text + "\"", raw.next().text());
    }

    private static void assertPong(byte[] data, Raw raw) {
        Raw.Frame frame = raw.next();
        assertEquals(Raw.PONG, frame.opcode());
        assertEquals(HexFormat.of().formatHex(data), HexFormat.of().formatHex(frame.payload()));
    }

    private static void assertClosed(int code, Raw raw) {
        assertEquals(code, raw.closed());
        assertTrue(raw.isOver(), "the socket is left open behind the close");
    }

    // 5.2, 5.6: messages of all lengths, however their bytes come

    static Stream<Arguments> messages() {
        int around = say("").length;
        List<Arguments> all = new ArrayList<>();
        for (int length : new int[] {around, 125, 126, 127, 128, 1000, 65_535, LIMIT}) {
            String text = "x".repeat(length - around);
            all.add(row("a text of " + length + " bytes", raw -> {
                raw.frame(FIN | Raw.TEXT, say(text));
                assertEcho(text, raw);
            }));
        }
        for (int piece : new int[] {1, 2, 997}) {
            String text = "y".repeat(3000);
            all.add(row("a text in pieces of " + piece + " bytes", raw -> {
                inPieces(raw, maskedText(say(text)), piece);
                assertEcho(text, raw);
            }));
        }
        all.add(row("ten texts at once", raw -> {
            byte[] one = maskedText(say("one"));
            ByteBuffer ten = ByteBuffer.allocate(10 * one.length);
            IntStream.range(0, 10).forEach(i -> ten.put(one));
            raw.bytes(ten.array());
            IntStream.range(0, 10).forEach(i -> assertEcho("one", raw));
        }));
        all.add(row("a text with a mask of zeros", raw -> {
            byte[] text = say("plain");
            raw.bytes(new byte[] {(byte) (FIN | Raw.TEXT), (byte) (FIN | text.length), 0, 0, 0, 0}, text);
            assertEcho("plain", raw);
        }));
        return all.stream();
    }

    private static byte[] maskedText(byte[] text) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FIN | Raw.TEXT);
        if (text.length < 126) {
            frame.write(FIN | text.length);
        } else {
            frame.writeBytes(ByteBuffer.allocate(3).put((byte) (FIN | 126)).putShort((short) text.length).array());
        }
        byte[] mask = {7, 77, -1, 0};
        frame.writeBytes(mask);
        for (int i = 0; i < text.length; i++) {
            frame.write(text[i] ^ mask[i & 3]);
        }
        return frame.toByteArray();
    }

    private static void inPieces(Raw raw, byte[] bytes, int length) {
        for (int at = 0; at < bytes.length; at += length) {
            raw.bytes(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + length)));
        }
    }

    // 5.4: fragments

    static Stream<Arguments> fragments() {
        return Stream.of(
                row("two", raw -> {
                    raw.frame(Raw.TEXT, utf8("{\"say\":")).frame(FIN, utf8("\"two\"}"));
                    assertEcho("two", raw);
                }),
                row("empty ones around", raw -> {
                    raw.frame(Raw.TEXT, NOTHING).frame(0, say("middle")).frame(FIN, NOTHING);
                    assertEcho("middle", raw);
                }),
                row("a ping between", raw -> {
                    raw.frame(Raw.TEXT, utf8("{\"say\":")).frame(FIN | Raw.PING, utf8("?")).frame(FIN, utf8("\"two\"}"));
                    assertPong(utf8("?"), raw);
                    assertEcho("two", raw);
                }),
                row("a pong between", raw -> {
                    raw.frame(Raw.TEXT, utf8("{\"say\":")).frame(FIN | Raw.PONG, utf8("!")).frame(FIN, utf8("\"two\"}"));
                    assertEcho("two", raw);
                }),
                row("of 1300 bytes, up to the limit", raw -> {
                    String text = "z".repeat(LIMIT - say("").length);
                    byte[] bytes = say(text);
                    for (int at = 0; at < bytes.length; at += 1300) {
                        int end = Math.min(bytes.length, at + 1300);
                        int first = (at == 0 ? Raw.TEXT : 0) | (end == bytes.length ? FIN : 0);
                        raw.frame(first, Arrays.copyOfRange(bytes, at, end));
                    }
                    assertEcho(text, raw);
                }));
    }

    // 5.5.2, 5.5.3: pings and pongs

    static Stream<Arguments> pings() {
        byte[] longest = new byte[125];
        Arrays.fill(longest, (byte) 0xfe);
        return Stream.of(
                row("empty", raw -> assertPong(NOTHING, raw.frame(FIN | Raw.PING, NOTHING))),
                row("with text", raw -> assertPong(utf8("hello"), raw.frame(FIN | Raw.PING, utf8("hello")))),
                row("with binary", raw -> assertPong(new byte[] {0, -1, -2}, raw.frame(FIN | Raw.PING, new byte[] {0, -1, -2}))),
                row("of 125 bytes", raw -> assertPong(longest, raw.frame(FIN | Raw.PING, longest))),
                row("a pong that nobody asked for", raw -> {
                    raw.frame(FIN | Raw.PONG, utf8("unasked")).frame(FIN | Raw.PING, utf8("asked"));
                    assertPong(utf8("asked"), raw);
                }),
                row("ten, one after another", raw -> IntStream.range(0, 10)
                        .forEach(i -> assertPong(utf8("ping " + i), raw.frame(FIN | Raw.PING, utf8("ping " + i))))));
    }

    // 8.1: text is UTF-8

    static Stream<Arguments> texts() {
        return Stream.of(
                        "Hello-\u00b5@\u00df\u00f6\u00e4\u00fc\u00e0\u00e1",
                        "\u03ba\u1f79\u03c3\u03bc\u03b5",
                        "\u0080\u07ff",
                        "\u0800\uffff",
                        "\ud7ff\ue000",
                        "\ufffd\ufffe",
                        "\ud800\udc00",
                        "\udbff\udfff")
                .map(text -> row(HexFormat.of().formatHex(utf8(text)), raw -> {
                    raw.frame(FIN | Raw.TEXT, say(text));
                    assertEcho(text, raw);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"messages", "fragments", "pings", "texts"})
    void shouldGoOnAfter(String what, Consumer<Raw> exchange) {
        try (Raw raw = connect()) {
            exchange.accept(raw);
            raw.frame(FIN | Raw.TEXT, say("still here"));
            assertEcho("still here", raw);
        }
    }

    // What ends a connection

    static Stream<Arguments> reserved() {
        List<Arguments> all = new ArrayList<>();
        for (int bits = 1; bits < 8; bits++) {
            int first = FIN | bits << 4;
            all.add(row("reserved bits " + bits + " of a text", 1002, raw -> raw.frame(first | Raw.TEXT, say("x"))));
            all.add(row("reserved bits " + bits + " of a ping", 1002, raw -> raw.frame(first | Raw.PING, NOTHING)));
            all.add(row("reserved bits " + bits + " of a close", 1002, raw -> raw.frame(first | Raw.CLOSE, NOTHING)));
        }
        for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
            all.add(row("opcode " + opcode, 1002, raw -> raw.frame(FIN | opcode, NOTHING)));
            all.add(row("opcode " + opcode + " with data", 1002, raw -> raw.frame(FIN | opcode, utf8("data"))));
        }
        return all.stream();
    }

    static Stream<Arguments> badFrames() {
        return Stream.of(
                row("a ping of 126 bytes", 1002, raw -> raw.frame(FIN | Raw.PING, new byte[126])),
                row("a ping in fragments", 1002, raw -> raw.frame(Raw.PING, utf8("?")).frame(FIN, utf8("?"))),
                row("a pong in fragments", 1002, raw -> raw.frame(Raw.PONG, utf8("!")).frame(FIN, utf8("!"))),
                row("a close in fragments", 1002, raw -> raw.frame(Raw.CLOSE, NOTHING)),
                row("a close of 126 bytes", 1002, raw -> raw.frame(FIN | Raw.CLOSE, close(1000, "x".repeat(124)))),
                row("a last fragment of nothing", 1002, raw -> raw.frame(FIN, say("x"))),
                row("a fragment of nothing", 1002, raw -> raw.frame(0, say("x"))),
                row("a text within a text", 1002, raw -> raw.frame(Raw.TEXT, utf8("{")).frame(FIN | Raw.TEXT, say("x"))),
                row("a binary one within a text", 1002, raw -> raw.frame(Raw.TEXT, utf8("{")).frame(FIN | Raw.BINARY, say("x"))),
                row("a fragment behind the last", 1002, raw -> raw.frame(Raw.BINARY, NOTHING).frame(FIN, NOTHING).frame(FIN, NOTHING)),
                row("a frame without a mask", 1002, raw -> raw.unmasked(FIN | Raw.TEXT, say("x"))),
                row("a length of 5 in two bytes", 1002, raw -> raw.bytes(bytes(FIN | Raw.TEXT, FIN | 126, 0, 5, 0, 0, 0, 0), utf8("hello"))),
                row("a length of 5 in eight bytes", 1002, raw -> raw.bytes(
                        bytes(FIN | Raw.TEXT, FIN | 127, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0), utf8("hello"))),
                row("a length of 2^63", 1002, raw -> raw.bytes(bytes(FIN | Raw.TEXT, FIN | 127, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))),
                row("a frame over the limit", 1009, raw -> raw.frame(FIN | Raw.BINARY, new byte[LIMIT + 1])),
                row("a frame of megabytes", 1009, raw -> raw.frame(FIN | Raw.BINARY, new byte[10_000_000])),
                row("fragments over the limit", 1009, raw -> raw.frame(Raw.BINARY, new byte[LIMIT]).frame(FIN, new byte[1])));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    // 8.1, and what Unicode says of UTF-8: refused where it goes wrong, without waiting for the rest

    static Stream<Arguments> badTexts() {
        return Stream.of(
                        "80", "bf", "8080", "fe", "ff", "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af", "c1bf", "e09fbf",
                        "f08fbfbf", "f8808080", "eda080", "edadbf", "edaebf", "edbfbf", "eda080edb080", "f4908080", "f7bfbfbf",
                        "c378", "e1a078", "f0a08078", "cebae1bdb9cf83cebcceb5eda080656469746564")
                .flatMap(hex -> {
                    byte[] bad = HexFormat.of().parseHex(hex);
                    return Stream.of(
                            row("the text " + hex, 1007, raw -> raw.frame(FIN | Raw.TEXT, bad)),
                            row("a fragment " + hex, 1007, raw -> raw.frame(Raw.TEXT, utf8("{")).frame(0, bad)));
                });
    }

    static Stream<Arguments> halfTexts() {
        return Stream.of("c3", "e6bc", "f09f98").flatMap(hex -> {
            byte[] half = HexFormat.of().parseHex(hex);
            return Stream.of(
                    row("the text " + hex, 1007, raw -> raw.frame(FIN | Raw.TEXT, half)),
                    row("a last fragment " + hex, 1007, raw -> raw.frame(Raw.TEXT, NOTHING).frame(FIN, half)),
                    row("nothing behind " + hex, 1007, raw -> raw.frame(Raw.TEXT, half).frame(FIN, NOTHING)));
        });
    }

    // 5.5.1, 7: closing

    static Stream<Arguments> closes() {
        List<Arguments> all = new ArrayList<>();
        all.add(row("without a code", 1000, raw -> raw.frame(FIN | Raw.CLOSE, NOTHING)));
        for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
            all.add(row("with " + code, code, raw -> raw.frame(FIN | Raw.CLOSE, close(code, ""))));
        }
        all.add(row("with a reason", 1000, raw -> raw.frame(FIN | Raw.CLOSE, close(1000, "Hello \u00b5"))));
        all.add(row("with the longest reason", 1000, raw -> raw.frame(FIN | Raw.CLOSE, close(1000, "*".repeat(123)))));
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535}) {
            all.add(row("with " + code, 1002, raw -> raw.frame(FIN | Raw.CLOSE, close(code, ""))));
        }
        all.add(row("of one byte", 1002, raw -> raw.frame(FIN | Raw.CLOSE, new byte[1])));
        all.add(row("whose reason is no UTF-8", 1007, raw -> raw.frame(FIN | Raw.CLOSE, bytes(3, 0xe8, 0xce, 0xba, 0xff))));
        all.add(row("a close, with more behind it", 1000, raw -> raw.frame(FIN | Raw.CLOSE, close(1000, ""))
                .frame(FIN | Raw.TEXT, say("late")).frame(FIN | Raw.PING, NOTHING).frame(FIN | Raw.CLOSE, NOTHING)));
        all.add(row("a close within a text", 1000, raw -> raw.frame(Raw.TEXT, utf8("{")).frame(FIN | Raw.CLOSE, close(1000, ""))));
        return all.stream();
    }

    private static byte[] close(int code, String reason) {
        byte[] why = utf8(reason);
        return ByteBuffer.allocate(2 + why.length).putShort((short) code).put(why).array();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"reserved", "badFrames", "badTexts", "halfTexts", "closes"})
    void shouldCloseOn(String what, int code, Consumer<Raw> send) {
        try (Raw raw = connect()) {
            raw.frame(FIN | Raw.TEXT, say("before"));
            assertEcho("before", raw);
            send.accept(raw);
            assertClosed(code, raw);
        }
    }
}
