package dev.cloudobjects.framing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes the frames of a server, which are neither fragmented nor masked. */
public final class Frames {

    /** The most bytes of a frame's header. */
    static final int MAX_HEADER = 10;

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The longest length that the second byte can hold, and the most bytes of a control frame. */
    static final int SHORT_LENGTH = 125;

    /** Stands for a length that follows in two bytes; 127 for one in eight bytes. */
    static final int LENGTH_16 = 126;

    static final int LENGTH_64 = 127;

    private static final int FIN = 0x80;
    /** The longest length that fits two bytes. */
    static final int MAX_16 = 0xffff;

    /** The largest payload that is copied behind its header. */
    private static final int MAX_COPIED = 4096;

    private Frames() {}

    /** A text message. @param payload UTF-8; not changed afterwards @return its frame, in one buffer or two */
    public static ByteBuffer[] text(byte[] payload) {
        return message(TEXT, payload);
    }

    /** A binary message. @param payload not changed afterwards @return its frame, in one buffer or two */
    public static ByteBuffer[] binary(byte[] payload) {
        return message(BINARY, payload);
    }

    /** To copy a small payload costs less than to write two buffers. */
    private static ByteBuffer[] message(int opcode, byte[] payload) {
        byte[] header = header(opcode, payload.length);
        if (payload.length > MAX_COPIED) {
            return new ByteBuffer[] {ByteBuffer.wrap(header), ByteBuffer.wrap(payload)};
        }
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, frame, header.length, payload.length);
        return new ByteBuffer[] {ByteBuffer.wrap(frame)};
    }

    /** A ping without data. */
    public static byte[] ping() {
        return header(PING, 0);
    }

    /** The answer to a ping with this data, of at most 125 bytes. */
    public static byte[] pong(byte[] data) {
        return control(PONG, data);
    }

    /** A close frame. @param reason at most 123 bytes of UTF-8 */
    public static byte[] close(int code, String reason) {
        byte[] why = reason.getBytes(StandardCharsets.UTF_8);
        return control(
                CLOSE,
                ByteBuffer.allocate(Short.BYTES + why.length).putShort((short) code).put(why).array());
    }

    private static byte[] control(int opcode, byte[] data) {
        if (data.length > SHORT_LENGTH) {
            throw new IllegalArgumentException("a control frame of " + data.length + " bytes");
        }
        return ByteBuffer.allocate(2 + data.length).put(header(opcode, data.length)).put(data).array();
    }

    private static byte[] header(int opcode, int length) {
        byte first = (byte) (FIN | opcode);
        if (length <= SHORT_LENGTH) {
            return new byte[] {first, (byte) length};
        }
        if (length <= MAX_16) {
            return new byte[] {first, LENGTH_16, (byte) (length >> 8), (byte) length};
        }
        return ByteBuffer.allocate(MAX_HEADER).put(first).put((byte) LENGTH_64).putLong(length).array();
    }

    static boolean isControl(int opcode) {
        return (opcode & 8) != 0;
    }

    static boolean isKnown(int opcode) {
        return (opcode >= CONTINUATION && opcode <= BINARY) || (opcode >= CLOSE && opcode <= PONG);
    }
}
