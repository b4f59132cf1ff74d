package dev.cloudobjects.protocol;

import dev.cloudobjects.json.Turns;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A message of a client that is yet to be read: so it can be counted first, and read where that keeps nobody waiting. */
public final class Unread {

    private final Codec codec;
    private final @Nullable String text;
    private final byte @Nullable [] bytes;
    private final int size;
    private final UnaryOperator<ClientFrame> then;

    private Unread(
            Codec codec, @Nullable String text, byte @Nullable [] bytes, int size, UnaryOperator<ClientFrame> then) {
        this.codec = codec;
        this.text = text;
        this.bytes = bytes;
        this.size = size;
        this.then = then;
    }

    /** A text. @param size its bytes */
    public static Unread text(Codec codec, String text, int size) {
        return new Unread(codec, text, null, size, frame -> frame);
    }

    /** Binary data, which from here on belong to the message. */
    public static Unread binary(Codec codec, byte[] bytes) {
        return new Unread(codec, null, bytes, bytes.length, frame -> frame);
    }

    /** The same, of which the frame is to be changed so. */
    public Unread then(UnaryOperator<ClientFrame> change) {
        return new Unread(codec, text, bytes, size, change);
    }

    /** Its bytes. */
    public int size() {
        return size;
    }

    /** Whether it can be read anywhere, without waiting. */
    public boolean isSmall() {
        return size <= Turns.SMALL;
    }

    /** Reads it; a large one when it is its turn. @throws MalformedMessage when it is not a frame of the dialect */
    public ClientFrame read() {
        return codec.mapper().turns().take(size, this::decoded);
    }

    private ClientFrame decoded() {
        if (bytes != null) {
            return then.apply(codec.decode(bytes));
        }
        return then.apply(codec.decode(text == null ? "" : text));
    }

    /** Whether it is the answer to a request of the server, as far as its beginning tells. */
    public boolean isResponse() {
        return bytes == null ? codec.isResponse(text == null ? "" : text) : codec.isResponse(bytes);
    }

    /** The id that it has, as far as its beginning and its end tell. */
    public @Nullable Long id() {
        return bytes == null ? codec.findId(text == null ? "" : text) : codec.findId(bytes);
    }
}
