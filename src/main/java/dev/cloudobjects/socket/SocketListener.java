package dev.cloudobjects.socket;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.json.Utf8;
import dev.cloudobjects.limit.ByteRate;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.session.Attachment;
import dev.cloudobjects.session.Attachments;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.time.NanoClock;
import java.util.Optional;

/**
 * Receives what one socket reads, for either transport: it assembles fragments, decrypts messages, and passes them to the gateway.
 * The socket calls one method at a time, except {@link #closed} and {@link #failed}, which any thread may call at any time.
 */
public final class SocketListener {

    private final AcceptedHandshake handshake;
    private final Shared shared;
    private final MessageAssembler assembler;
    private final Link link;
    private final Attachment attachment;
    private final FrameReader reader;
    private final ByteRate rate;

    /**
     * The limits of one message.
     *
     * @param messageBytes the largest message, in bytes
     * @param messageFragments the most fragments of a message
     * @param bytesPerSecond how much is read in a second, in the long run; 0 for no limit
     */
    record Limits(int messageBytes, int messageFragments, long bytesPerSecond) {

        private static final int FEWEST_FRAGMENTS = 64;
        private static final int BYTES_OF_A_FRAGMENT = 1024;
        private static final int RATE_PARTS = 5;

        static Limits of(Settings settings) {
            int bytes = settings.get(Keys.MESSAGE_MAX_BYTES);
            int fragments = settings.get(Keys.MESSAGE_MAX_FRAGMENTS);
            return new Limits(
                    bytes,
                    fragments == 0 ? Math.max(FEWEST_FRAGMENTS, bytes / BYTES_OF_A_FRAGMENT) : fragments,
                    bytesPerSecond(settings, bytes));
        }

        private static long bytesPerSecond(Settings settings, int messageBytes) {
            long set = settings.get(Keys.MESSAGE_BYTES_PER_SECOND);
            long messages = settings.get(Keys.MESSAGE_RATE);
            long derived = messages * messageBytes / RATE_PARTS;
            // Less than a message in a second would have large ones run into their time limit.
            return set == 0 && messages == 0 ? 0 : Math.max(messageBytes, set == 0 ? derived : set);
        }

        /** The largest frame of WebSocket, in bytes. */
        int frameBytes(AcceptedHandshake handshake) {
            return messageBytes + (handshake.terms().isPresent() ? FrameReader.overhead() : 0);
        }
    }

    /**
     * What all listeners have in common.
     *
     * @param links makes the link of a socket
     * @param attachments gives sockets their sessions
     * @param gateway takes the messages
     * @param limits the limits of one message
     * @param clock measures the rate of bytes
     */
    record Shared(Links links, Attachments attachments, Gateway gateway, Limits limits, NanoClock clock) {}

    private static final int BURST_SECONDS = 4;

    /** Opens the link and its session. {@link #begin} must follow. */
    SocketListener(AcceptedHandshake handshake, Shared shared, Wire socket) {
        this.handshake = handshake;
        this.shared = shared;
        Limits limits = shared.limits();
        this.assembler = new MessageAssembler(limits.frameBytes(handshake), limits.messageFragments());
        ChannelWire wire = new ChannelWire(socket, handshake.demandsEncryption());
        this.link = shared.links().open(handshake.codec(), wire);
        this.attachment = shared.attachments().open(handshake.route(), handshake.caller(), link);
        this.reader = new FrameReader(
                handshake.codec(),
                limits.messageBytes(),
                handshake.terms().orElse(null),
                wire,
                answer -> shared.attachments().encrypted(link, answer));
        this.rate = new ByteRate(limits.bytesPerSecond(), BURST_SECONDS, shared.clock()::nanos);
    }

    /** The socket is about to be read. The connection event runs now, unless the client sends a connect frame first. */
    public void begin() {
        if (!link.awaitsConnect()) {
            shared.gateway().connect(attachment.session(), handshake.data());
        }
    }

    /** A fragment of a text message was received. */
    public void text(String part, boolean last) {
        fragment(() -> {
            Optional<String> whole = assembler.add(part, last);
            return whole.isEmpty() ? Optional.empty() : Optional.of(reader.text(whole.get()));
        });
    }

    /** A fragment of a text message was received, as bytes. A character may continue in the next fragment. */
    public void utf8(byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembler.add(part, last);
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            reader.beginText();
            Optional<String> text = Utf8.find(whole.get());
            if (text.isEmpty()) {
                violated(CloseCode.BAD_PAYLOAD, CloseCode.BAD_PAYLOAD.reason());
                return Optional.empty();
            }
            return Optional.of(reader.text(text.get()));
        });
    }

    /** A fragment of a binary message was received. */
    public void binary(byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembler.add(part, last);
            return whole.isEmpty() ? Optional.empty() : reader.binary(whole.get());
        });
    }

    /**
     * Counts bytes that were read from the socket. A client that sends more than its rate has to wait, because large
     * messages are costly to decode.
     *
     * @return for how many nanoseconds the socket is not to be read; 0 or less for none
     */
    public long pause(int bytes) {
        return rate.take(bytes);
    }

    /** A ping or a pong was received. */
    public void controlFrame() {
        link.heartbeat().heard();
    }

    /** The client exceeded a limit of the socket. */
    public void exceeded(CloseCode code, String reason, Meter meter) {
        attachment.exceeded(code, reason, meter);
    }

    /** The client violated the protocol. */
    public void violated(CloseCode code, String reason) {
        attachment.end(SessionEnd.byServer(code, reason));
    }

    /** The client sent a close frame, or its socket closed. */
    public void closed(int code, String reason) {
        attachment.lost(SessionEnd.byPeer(code, reason));
    }

    /** The socket failed. */
    public void failed(Throwable failure) {
        attachment.lost(SessionEnd.fault(failure));
    }

    /** A fragment after the end of the connection is dropped. */
    private void fragment(Reading reading) {
        Session session = attachment.session();
        if (!session.state().isAddressable() || !attachment.isCurrent()) {
            return;
        }
        link.heartbeat().heard();
        try {
            reading.read()
                    .ifPresent(message -> shared.gateway().received(session, link, message.then(handshake::bound)));
        } catch (NoiseException e) {
            shared.gateway().encryptionFailed(session, String.valueOf(e.getMessage()));
        } catch (MessageAssembler.TooLargeException e) {
            exceeded(CloseCode.TOO_LARGE, e.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } finally {
            incomplete(0);
        }
    }

    /**
     * Counts the bytes of an incomplete message against the limit of time and the budget of all sessions.
     *
     * @param frameBytes the bytes received of an incomplete frame; the fragments before it are added
     */
    public void incomplete(int frameBytes) {
        link.heartbeat().reading(frameBytes > 0 || assembler.isIncomplete());
        if (attachment.isCurrent() && !attachment.session().holds(frameBytes + assembler.bytes())) {
            exceeded(CloseCode.TRY_LATER, "too many messages are incomplete", Meter.MESSAGES_OVERRUN);
        }
    }

    /** Reads a message from its last fragment; nothing from an earlier one. */
    private interface Reading {
        Optional<Unread> read() throws NoiseException, MessageAssembler.TooLargeException;
    }
}
