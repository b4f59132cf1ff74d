package dev.cloudobjects.framing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of a client from bytes that are read in any pieces. For one connection and one thread at a time.
 *
 * <p>It buffers at most one frame, and of that only the bytes received, so a header that announces a large frame costs no memory. A
 * frame that is too large is refused after its header.
 */
public final class FrameDecoder {

    /** Receives the decoded frames. */
    public interface Sink {

        /**
         * A fragment of a text message.
         *
         * @param part the bytes; a character may continue in the next fragment
         * @param last whether the message ends with it
         */
        void text(byte[] part, boolean last);

        /** A fragment of a binary message. @param last whether the message ends with it */
        void binary(byte[] part, boolean last);

        /** A ping, to be answered with the same data. */
        void ping(byte[] data);

        /** A pong. */
        void pong();

        /** A close frame; nothing after it is decoded. @param code 1005 when the frame has none */
        void close(int code, String reason);
    }

    private static final int NO_STATUS = 1005;
    private static final int RESERVED = 0x70;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int MASK_BYTES = 4;
    private static final int FIRST_PIECE = 1024;
    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private final Sink sink;

    // The header of the current frame; it ends with the mask.
    private final byte[] header = new byte[Frames.MAX_HEADER + MASK_BYTES];
    private int headerHas;
    private int headerNeeds = 2;
    private boolean inPayload;

    private byte[] payload = NOTHING;
    private int payloadHas;
    private int payloadNeeds;

    /** The opcode of the incomplete message; 0 for none. */
    private int message;

    /** Checks a text that is read in pieces, to refuse it at its first bad byte. A text in one piece is checked by its reader. */
    private @Nullable Utf8Check text;

    /** A close frame was decoded: what follows is not. */
    private boolean closed;

    /** A decoder. @param maxBytes the largest frame, in bytes */
    public FrameDecoder(int maxBytes, Sink sink) {
        this.maxBytes = maxBytes;
        this.sink = sink;
    }

    /** How many bytes of an incomplete frame are buffered; 0 between two frames. */
    public int incomplete() {
        return headerHas + payloadHas;
    }

    /**
     * Decodes bytes; frames that they complete are given to the sink.
     *
     * @throws FrameException when the connection must be closed; no other call may follow
     */
    public void read(byte[] bytes, int from, int length) throws FrameException {
        int at = from;
        int end = from + length;
        while (at < end && !closed) {
            at = inPayload ? readPayload(bytes, at, end) : readHeader(bytes, at, end);
        }
    }

    private int readHeader(byte[] bytes, int at, int end) throws FrameException {
        int taken = Math.min(headerNeeds - headerHas, end - at);
        System.arraycopy(bytes, at, header, headerHas, taken);
        headerHas += taken;
        if (headerHas == 2 && headerNeeds == 2) {
            headerNeeds = checkStart();
        } else if (headerHas == headerNeeds) {
            readLength();
            if (payloadNeeds == 0) {
                complete();
            }
        }
        return at + taken;
    }

    /** Checks the first two bytes. Returns the length of the header. */
    private int checkStart() throws FrameException {
        if ((header[0] & RESERVED) != 0) {
            throw FrameException.protocol("a reserved bit is set");
        }
        int opcode = opcode();
        if (!Frames.isKnown(opcode)) {
            throw FrameException.protocol("opcode " + opcode + " means nothing");
        }
        if ((header[1] & MASKED) == 0) {
            throw FrameException.protocol("a frame is not masked");
        }
        int length = header[1] & LENGTH;
        if (Frames.isControl(opcode)) {
            if (length > Frames.SHORT_LENGTH || !isLast()) {
                throw FrameException.protocol("a control frame is too long or in fragments");
            }
        } else if ((opcode == Frames.CONTINUATION) != (message != 0)) {
            throw FrameException.protocol(
                    opcode == Frames.CONTINUATION ? "a fragment continues nothing" : "a message begins within another");
        }
        int lengthBytes = length == Frames.LENGTH_16 ? Short.BYTES : length == Frames.LENGTH_64 ? Long.BYTES : 0;
        return 2 + lengthBytes + MASK_BYTES;
    }

    /** The header is complete: reads the length of the payload. */
    private void readLength() throws FrameException {
        long length = header[1] & LENGTH;
        if (length == Frames.LENGTH_16) {
            length = Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(2));
            requireShortest(length > Frames.SHORT_LENGTH);
        } else if (length == Frames.LENGTH_64) {
            length = ByteBuffer.wrap(header).getLong(2);
            if (length < 0) {
                throw FrameException.protocol("the length of a frame has its highest bit set");
            }
            requireShortest(length > Frames.MAX_16);
        }
        if (length > maxBytes) {
            throw new FrameException(FrameException.TOO_LARGE, "a message may have " + maxBytes + " bytes");
        }
        payloadNeeds = (int) length;
        payloadHas = 0;
        payload = NOTHING;
        inPayload = true;
    }

    private static void requireShortest(boolean shortest) throws FrameException {
        if (!shortest) {
            throw FrameException.protocol("the length of a frame is in more bytes than it needs");
        }
    }

    private int readPayload(byte[] bytes, int at, int end) throws FrameException {
        int taken = Math.min(payloadNeeds - payloadHas, end - at);
        if (payloadHas + taken > payload.length) {
            int room = payloadHas + taken == payloadNeeds
                    ? payloadNeeds
                    : Math.min(payloadNeeds, Math.max(FIRST_PIECE, 2 * (payloadHas + taken)));
            payload = Arrays.copyOf(payload, room);
        }
        int mask = headerNeeds - MASK_BYTES;
        for (int i = 0; i < taken; i++) {
            int position = payloadHas + i;
            payload[position] = (byte) (bytes[at + i] ^ header[mask + (position & 3)]);
        }
        payloadHas += taken;
        if (kind() == Frames.TEXT) {
            check(payloadHas - taken);
        }
        if (payloadHas == payloadNeeds) {
            complete();
        }
        return at + taken;
    }

    /** Checks the bytes of a text from an index, unless the text is in one piece. */
    private void check(int from) throws FrameException {
        if (text == null) {
            if (payloadHas == payloadNeeds && isLast()) {
                return;
            }
            text = new Utf8Check();
        }
        if (!text.accepts(payload, from, payloadHas)) {
            throw notUtf8();
        }
    }

    private static FrameException notUtf8() {
        return new FrameException(FrameException.BAD_PAYLOAD, "a text is not UTF-8");
    }

    private void complete() throws FrameException {
        byte[] data = payload;
        int opcode = opcode();
        boolean last = isLast();
        payload = NOTHING;
        inPayload = false;
        headerHas = 0;
        headerNeeds = 2;
        payloadHas = 0;
        switch (opcode) {
            case Frames.CLOSE -> close(data);
            case Frames.PING -> sink.ping(data);
            case Frames.PONG -> sink.pong();
            default -> {
                int kind = kind();
                message = last ? 0 : kind;
                if (kind == Frames.TEXT) {
                    if (last) {
                        endText();
                    }
                    sink.text(data, last);
                } else {
                    sink.binary(data, last);
                }
            }
        }
    }

    private void endText() throws FrameException {
        if (text != null && !text.isWhole()) {
            throw notUtf8();
        }
        text = null;
    }

    private void close(byte[] data) throws FrameException {
        closed = true;
        if (data.length == 0) {
            sink.close(NO_STATUS, "");
            return;
        }
        if (data.length == 1) {
            throw FrameException.protocol("a close code of one byte");
        }
        int code = Short.toUnsignedInt(ByteBuffer.wrap(data).getShort());
        if (!mayTravel(code)) {
            throw FrameException.protocol("close code " + code + " may not be sent");
        }
        try {
            ByteBuffer reason = ByteBuffer.wrap(data, Short.BYTES, data.length - Short.BYTES);
            sink.close(code, StandardCharsets.UTF_8.newDecoder().decode(reason).toString());
        } catch (CharacterCodingException e) {
            throw new FrameException(FrameException.BAD_PAYLOAD, "the reason of a close is not UTF-8");
        }
    }

    /** Whether a close frame may have this code: those of RFC 6455, its registry, libraries and applications. */
    private static boolean mayTravel(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private int opcode() {
        return header[0] & 0x0f;
    }

    /** The opcode of the message for a continuation frame, else that of the frame. */
    private int kind() {
        int opcode = opcode();
        return opcode == Frames.CONTINUATION ? message : opcode;
    }

    private boolean isLast() {
        return header[0] < 0;
    }
}
