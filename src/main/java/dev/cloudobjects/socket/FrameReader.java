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
 * Reads the messages of one connection, and decrypts them if it has an encrypted channel. Only the first message can open a channel.
 * A message that is not encrypted ends a connection that has a channel or must have one. Used by one thread at a time.
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
     * @param maxBytes the largest message, in bytes before encryption
     * @param terms the terms of an encrypted channel; {@code null} if the dialect has none
     * @param answers sends the answer to a Noise handshake
     */
    FrameReader(Codec codec, int maxBytes, @Nullable ChannelTerms terms, ChannelWire wire, Consumer<Encoded> answers) {
        this.codec = codec;
        this.maxBytes = maxBytes;
        this.terms = terms;
        this.wire = wire;
        this.answers = answers;
    }

    /** How much larger a message is when it is encrypted, in bytes. */
    static int overhead() {
        return ChannelFrames.HEADROOM + NoiseChannel.OVERHEAD;
    }

    /** A text message was received. @throws NoiseException when messages must be encrypted */
    void beginText() throws NoiseException {
        first = false;
        if (channel != null) {
            throw new NoiseException("a text");
        }
        requireOptional();
    }

    /** Reads a text message. @throws NoiseException when messages must be encrypted */
    Unread text(String message) throws NoiseException, MessageAssembler.TooLargeException {
        beginText();
        int size = Encoded.utf8Length(message);
        limit(size);
        return Unread.text(codec, message, size);
    }

    /**
     * Reads a binary message, and decrypts it if the channel is open.
     *
     * @return nothing for a Noise handshake
     * @throws NoiseException when it was not encrypted by this channel, or must be and is not
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
            requireOptional();
        } else {
            content = decrypted(channel, message);
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

    private static byte[] decrypted(NoiseChannel channel, byte[] message) throws NoiseException {
        if (!ChannelFrames.isSealed(message)) {
            throw new NoiseException("a message in clear");
        }
        return channel.open(message, ChannelFrames.HEADROOM);
    }

    private void requireOptional() throws NoiseException {
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
