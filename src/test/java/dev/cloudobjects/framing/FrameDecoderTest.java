package dev.cloudobjects.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

    private static final int FIN = 0x80;
    private static final int LIMIT = 70_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final List<String> heard = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(LIMIT, new FrameDecoder.Sink() {
        @Override
        public void text(byte[] part, boolean last) {
            heard.add("text " + show(part) + (last ? "." : ""));
        }

        @Override
        public void binary(byte[] part, boolean last) {
            heard.add("binary " + show(part) + (last ? "." : ""));
        }

        @Override
        public void ping(byte[] data) {
            heard.add("ping " + show(data));
        }

        @Override
        public void pong() {
            heard.add("pong");
        }

        @Override
        public void close(int code, String reason) {
            heard.add("close " + code + " " + reason);
        }
    });

    private static String show(byte[] bytes) {
        return bytes.length > 100 ? bytes.length + " bytes" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] header(int first, int second, byte... more) {
        return ByteBuffer.allocate(2 + more.length).put((byte) first).put((byte) second).put(more).array();
    }

    /** A masked frame, as a client sends it. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(FIN | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(FIN | 126);
            frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(FIN | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i & 3]);
        }
        return frame.toByteArray();
    }

    private static byte[] close(int code, String reason) {
        byte[] why = reason.getBytes(StandardCharsets.UTF_8);
        return frame(FIN | 8, ByteBuffer.allocate(2 + why.length).putShort((short) code).put(why).array());
    }

    private void read(byte[]... pieces) throws FrameException {
        for (byte[] piece : pieces) {
            decoder.read(piece, 0, piece.length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT})
    void shouldReadAMessageOfAnyLength(int length) throws FrameException {
        read(frame(FIN | 1, ascii("x".repeat(length))));
        assertEquals(List.of("text " + show(ascii("x".repeat(length))) + "."), heard);
    }

    @Test
    void shouldReadSeveralFramesAtOnceAndFragmentsWithAPingBetween() throws FrameException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame(2, ascii("a")));
        all.writeBytes(frame(FIN | 9, ascii("?")));
        all.writeBytes(frame(0, ascii("b")));
        all.writeBytes(frame(FIN | 10, ascii("")));
        all.writeBytes(frame(FIN, ascii("c")));
        all.writeBytes(frame(FIN | 1, ascii("d")));
        read(all.toByteArray());
        assertEquals(List.of("binary a", "ping ?", "binary b", "pong", "binary c.", "text d."), heard);
    }

    @Test
    void shouldReadTheSameHoweverTheBytesArePieced() throws FrameException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<String> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            byte[] payload = ascii("m".repeat(random.nextInt(i % 10 == 0 ? 3000 : 90)));
            all.writeBytes(frame(FIN | 1, payload));
            expected.add("text " + show(payload) + ".");
        }
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(20) == 0 ? 5000 : 7));
            decoder.read(bytes, at, length);
            at += length;
        }
        assertEquals(expected, heard);
    }

    @Test
    void shouldReadNothingBehindAClose() throws FrameException {
        read(close(1000, "bye é"), frame(FIN | 1, ascii("late")));
        read(frame(FIN | 1, ascii("later")));
        assertEquals(List.of("close 1000 bye é"), heard);
    }

    @Test
    void shouldTakeACloseWithoutACode() throws FrameException {
        read(frame(FIN | 8, new byte[0]));
        assertEquals(List.of("close 1005 "), heard);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1003, 1007, 1014, 3000, 4999})
    void shouldTakeTheCloseCodesThatMayTravel(int code) throws FrameException {
        read(close(code, ""));
        assertEquals(List.of("close " + code + " "), heard);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
    void shouldRefuseTheOthers(int code) {
        assertEquals(1002, refusal(close(code, "")));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("not masked", header(FIN | 1, 1, (byte) 'x')),
                Arguments.of("reserved bit 1", frame(FIN | 0x40 | 1, ascii("x"))),
                Arguments.of("reserved bit 2", frame(FIN | 0x20 | 1, ascii("x"))),
                Arguments.of("reserved bit 3", frame(FIN | 0x10 | 1, ascii("x"))),
                Arguments.of("opcode 3", frame(FIN | 3, ascii("x"))),
                Arguments.of("opcode 7", frame(FIN | 7, ascii("x"))),
                Arguments.of("opcode 11", frame(FIN | 11, ascii("x"))),
                Arguments.of("continues nothing", frame(FIN, ascii("x"))),
                Arguments.of("ping in fragments", frame(9, ascii("x"))),
                Arguments.of("ping of 126 bytes", frame(FIN | 9, new byte[126])),
                Arguments.of("close of one byte", frame(FIN | 8, new byte[1])),
                Arguments.of("length of 125 in two bytes", header(FIN | 1, FIN | 126, new byte[] {0, 125, 1, 2, 3, 4})),
                Arguments.of("length of 65535 in eight bytes", header(FIN | 1, FIN | 127, new byte[] {0, 0, 0, 0, 0, 0, -1, -1, 1, 2, 3, 4})),
                Arguments.of("length of a ping in two bytes", header(FIN | 9, FIN | 126, new byte[] {0, 1, 1, 2, 3, 4})),
                Arguments.of("length 2^63", header(FIN | 1, FIN | 127, new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void shouldRefuseAFrameAgainstTheProtocol(String what, byte[] bytes) {
        assertEquals(1002, refusal(bytes), what);
        assertEquals(List.of(), heard);
    }

    @Test
    void shouldRefuseAMessageWithinAnother() throws FrameException {
        read(frame(1, ascii("a")));
        assertEquals(1002, refusal(frame(FIN | 2, ascii("b"))));
    }

    @Test
    void shouldRefuseACloseWhoseReasonIsNoUtf8() {
        assertEquals(1007, refusal(frame(FIN | 8, new byte[] {3, (byte) 0xe8, (byte) 0xff})));
    }

    // Text, as it comes

    static Stream<Arguments> badTexts() {
        return Stream.of(
                Arguments.of("a continuation that continues nothing", new byte[] {(byte) 0x80}),
                Arguments.of("an overlong slash", new byte[] {(byte) 0xc0, (byte) 0xaf}),
                Arguments.of("an overlong one of three bytes", new byte[] {(byte) 0xe0, (byte) 0x9f}),
                Arguments.of("half a pair", new byte[] {(byte) 0xed, (byte) 0xa0}),
                Arguments.of("an overlong one of four bytes", new byte[] {(byte) 0xf0, (byte) 0x8f}),
                Arguments.of("above U+10FFFF", new byte[] {(byte) 0xf4, (byte) 0x90}),
                Arguments.of("a byte that never comes", new byte[] {(byte) 0xff}),
                Arguments.of("a character cut off by another", new byte[] {(byte) 0xe6, 'x'}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTexts")
    void shouldRefuseATextAtItsFirstBadByte(String what, byte[] bad) throws FrameException {
        read(frame(1, ascii("good")));
        byte[] more = frame(0, bad);
        assertEquals(1007, refusal(more), what);
        assertEquals(List.of("text good"), heard);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTexts")
    void shouldNotWaitForTheRestOfAFrame(String what, byte[] bad) {
        byte[] large = Arrays.copyOf(bad, 60_000);
        byte[] whole = frame(FIN | 1, large);
        assertEquals(1007, refusal(Arrays.copyOf(whole, 20)), what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"é漢\uD83D\uDE00", "\u0080\u07ff\u0800\ud7ff\ue000\uffff", "\uD800\uDC00\uDBFF\uDFFF", "a\u0000z"})
    void shouldTakeATextThatIsPartedAnywhere(String text) throws FrameException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at <= bytes.length; at++) {
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            FrameDecoder parted = new FrameDecoder(LIMIT, new TextSink(got));
            byte[] both = join(frame(1, Arrays.copyOf(bytes, at)), frame(FIN, Arrays.copyOfRange(bytes, at, bytes.length)));
            for (byte one : both) {
                parted.read(new byte[] {one}, 0, 1);
            }
            assertEquals(text, got.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldRefuseATextThatEndsWithinACharacter() throws FrameException {
        byte[] half = {(byte) 0xe6, (byte) 0xbc};
        read(frame(1, half));
        assertEquals(1007, refusal(frame(FIN, new byte[0])));
    }

    @Test
    void shouldCheckEachTextAnew() throws FrameException {
        read(frame(1, ascii("a")), frame(FIN, ascii("b")), frame(2, new byte[] {(byte) 0xff}), frame(FIN, new byte[] {(byte) 0xfe}));
        read(frame(1, "é".getBytes(StandardCharsets.UTF_8)));
        assertEquals(1007, refusal(frame(FIN, new byte[] {(byte) 0xff, 'x'})));
    }

    private static byte[] join(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
    }

    private record TextSink(ByteArrayOutputStream got) implements FrameDecoder.Sink {
        @Override
        public void text(byte[] part, boolean last) {
            got.writeBytes(part);
        }

        @Override
        public void binary(byte[] part, boolean last) {
            throw new AssertionError("a text is binary");
        }

        @Override
        public void ping(byte[] data) {
            throw new AssertionError("a text is a ping");
        }

        @Override
        public void pong() {
            throw new AssertionError("a text is a pong");
        }

        @Override
        public void close(int code, String reason) {
            throw new AssertionError("a text is a close");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {LIMIT + 1, Integer.MAX_VALUE, Long.MAX_VALUE})
    void shouldRefuseWhatIsTooLargeByItsHeader(long length) {
        byte[] header = ByteBuffer.allocate(14).put((byte) (FIN | 1)).put((byte) (FIN | 127)).putLong(length).put(MASK).array();
        assertEquals(1009, refusal(header));
    }

    private int refusal(byte[] bytes) {
        FrameException refusal = assertThrows(FrameException.class, () -> read(bytes));
        assertTrue(refusal.getMessage().length() < 120);
        return refusal.closeCode();
    }

    // What the server writes, read by hand

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 4096, 4097, 65_535, 65_536, 100_000})
    void shouldAnnounceTheLengthInAsFewBytesAsItTakes(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        byte[] frame = joined(Frames.text(payload));
        int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        assertEquals((byte) (FIN | 1), frame[0]);
        long said = switch (header) {
            case 2 -> frame[1];
            case 4 -> Short.toUnsignedInt(ByteBuffer.wrap(frame).getShort(2));
            default -> ByteBuffer.wrap(frame).getLong(2);
        };
        assertEquals(length, said);
        assertArrayEquals(payload, Arrays.copyOfRange(frame, header, frame.length));
        byte[] binary = joined(Frames.binary(payload));
        assertEquals((byte) (FIN | 2), binary[0]);
        assertArrayEquals(Arrays.copyOfRange(frame, 1, frame.length), Arrays.copyOfRange(binary, 1, binary.length));
    }

    private static byte[] joined(ByteBuffer... buffers) {
        ByteBuffer all = ByteBuffer.allocate(Stream.of(buffers).mapToInt(ByteBuffer::remaining).sum());
        Stream.of(buffers).forEach(all::put);
        return all.array();
    }

    @Test
    void shouldWriteControlFrames() {
        assertEquals(List.of((byte) 0x89, (byte) 0), list(Frames.ping()));
        assertEquals(List.of((byte) 0x8a, (byte) 1, (byte) 'x'), list(Frames.pong(ascii("x"))));
        assertEquals(List.of((byte) 0x88, (byte) 4, (byte) 3, (byte) 0xe8, (byte) 'o', (byte) 'k'), list(Frames.close(1000, "ok")));
        assertThrows(IllegalArgumentException.class, () -> Frames.pong(new byte[126]));
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add(b);
        }
        return list;
    }
}
