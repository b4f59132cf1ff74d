package dev.cloudobjects.protocol;

import dev.cloudobjects.json.JsonMapper;
import dev.cloudobjects.json.MalformedMessage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns messages into frames and back, in one {@link Dialect}. Without state, so safe for use by many threads. */
public sealed interface Codec permits PlainCodec, V1Codec {

    /** The dialect that this codec speaks. */
    Dialect dialect();

    /** The name of the dialect, for logs and metrics. */
    default String name() {
        return dialect().label();
    }

    /** Whether the client's first frame has to be {@link ClientFrame.Connect}; if not, the open socket says enough. */
    boolean awaitsConnect();

    /**
     * Reads a text message.
     *
     * @throws MalformedMessage when it is not a frame of this dialect
     */
    ClientFrame decode(String text);

    /**
     * Reads a binary message, which from here on belongs to the frame.
     *
     * @throws MalformedMessage when it is not a frame of this dialect
     */
    ClientFrame decode(byte[] message);

    /** The id of a text message, as far as its beginning and its end tell; {@code null} for none. */
    @Nullable Long findId(String text);

    /** The id of a binary message, as far as its beginning and its end tell; {@code null} for none. */
    @Nullable Long findId(byte[] message);

    /** Whether the beginning of a text message says that it is a {@link ClientFrame.Response}. */
    boolean isResponse(String text);

    /** Whether the beginning of a binary message says that it is a {@link ClientFrame.Response}. */
    boolean isResponse(byte[] message);

    /** What reads and writes the data in the frames. */
    JsonMapper mapper();

    /** Writes a frame; empty when the dialect has no message for it, as a plain client is pinged by control frames. */
    Optional<Encoded> encode(ServerFrame frame);

    /**
     * Makes one message of several encoded texts, for a client that said it takes that.
     *
     * @throws UnsupportedOperationException when the dialect has no such message
     */
    Encoded batch(List<Encoded> frames);
}
