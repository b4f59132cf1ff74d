package dev.cloudobjects.socket;

import dev.cloudobjects.noise.NkResponder;
import dev.cloudobjects.noise.NoiseChannel;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.protocol.ChannelFrames;
import dev.cloudobjects.protocol.Codec;
import dev.cloudobjects.protocol.Encoded;
import dev.cloudobjects.protocol.Unread;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the messages of one connection: in clear, or off an encrypted channel, which only the very first message can
 * open. What is not sealed ends a connection that has a channel or has to have one. Used by one thread at a time.
 */
final class FrameReader {

    private final Codec codec;
    private final int maxBytes;
    private final @Nullable ChannelTerms terms;
    private final ChannelWire wire;
    private final Consumer<Encoded> answers;

    private boolean first = true;
    private @Nullable NoiseChannel channel;

    /**
     * A reader.
     *
     * @param maxBytes the largest message, encrypted or not, in bytes of what it says
     * @param terms the terms of an encrypted channel; {@code null} where there can be none
     * @param answers takes the answer to a handshake, to be sent
     */
    FrameReader(Codec codec, int maxBytes, @Nullable ChannelTerms terms, ChannelWire wire, Consumer<Encoded> answers) {
        this.codec = codec;
        this.maxBytes = maxBytes;
        this.terms = terms;
        this.wire = wire;
        this.answers = answers;
    }

    /** By how much an encrypted message may be larger. */
    static int overhead() {
        return ChannelFrames.HEADROOM + NoiseChannel.OVERHEAD;
    }

    /** A text message came, whatever is in it. @throws NoiseException when only sealed ones are allowed */
    void beginText() throws NoiseException {
        first = false;
        if (channel != null) {
            throw new NoiseException("a text");
        }
        requireNone();
    }

    /** Takes a text message. @throws NoiseException when only sealed ones are allowed */
    Unread text(String message) throws NoiseException, MessageAssembler.TooLargeException {
        beginText();
        int size = Encoded.utf8Length(message);
        limit(size);
        return Unread.text(codec, message, size);
    }

    /**
     * Takes a binary message, and opens it where it is sealed; there is no frame in one of the handshake.
     *
     * @throws NoiseException when it is not what the channel allows
     */
    Optional<Unread> binary(byte[] message) throws NoiseException, MessageAssembler.TooLargeException {
        ChannelTerms mayOpen = first ? terms : null;
        first = false;
        if (mayOpen != null && ChannelFrames.isHandshake(message)) {
            open(mayOpen.accept(message));
            return Optional.empty();
        }
        byte[] content = message;
        if (channel == null) {
            requireNone();
        } else {
            content = opened(channel, message);
        }
        limit(content.length);
        return Optional.of(Unread.binary(codec, content));
    }

    private void open(NkResponder.Answer answer) {
        Encoded says = ChannelFrames.answer(answer.message());
        channel = answer.channel();
        wire.open(answer.channel(), says);
        answers.accept(says);
    }

    private static byte[] opened(NoiseChannel channel, byte[] message) throws NoiseException {
        if (!ChannelFrames.isSealed(message)) {
            throw new NoiseException("a message in clear");
        }
        return channel.open(message, ChannelFrames.HEADROOM);
    }

    private void requireNone() throws NoiseException {
        if (terms != null && terms.demanded()) {
            throw new NoiseException("a message in clear where a handshake has to come first");
        }
    }

    private void limit(int bytes) throws MessageAssembler.TooLargeException {
        if (bytes > maxBytes) {
            throw new MessageAssembler.TooLargeException("a message may have " + maxBytes + " bytes");
        }
    }
}
