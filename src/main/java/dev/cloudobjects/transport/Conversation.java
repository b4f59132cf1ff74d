package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.json.Utf8;
import dev.cloudobjects.link.Link;
import dev.cloudobjects.link.Links;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.session.Session;
import dev.cloudobjects.session.SessionEnd;
import dev.cloudobjects.session.Sessions;
import java.util.Optional;

/**
 * What is said on one socket, whatever kind of socket it is: it puts fragments together, opens what is sealed, and hands
 * the messages on. The socket calls it with one thing at a time; the end may come at any time, from any thread.
 */
final class Conversation {

    private final Handshake handshake;
    private final Shared shared;
    private final Assembly assembly;
    private final Link link;
    private final Session session;
    private final FrameReader reader;

    /**
     * What one message may be.
     *
     * @param messageBytes the largest message
     * @param messageFragments the most fragments of a message
     */
    record Limits(int messageBytes, int messageFragments) {

        private static final int FEWEST_FRAGMENTS = 64;
        private static final int BYTES_OF_A_FRAGMENT = 1024;

        static Limits of(Settings settings) {
            int bytes = settings.get(Keys.MESSAGE_MAX_BYTES);
            int fragments = settings.get(Keys.MESSAGE_MAX_FRAGMENTS);
            return new Limits(
                    bytes, fragments == 0 ? Math.max(FEWEST_FRAGMENTS, bytes / BYTES_OF_A_FRAGMENT) : fragments);
        }

        /** The largest frame of WebSocket. */
        int frameBytes(Handshake handshake) {
            return messageBytes + (handshake.terms().isPresent() ? FrameReader.overhead() : 0);
        }
    }

    /**
     * What all conversations have in common.
     *
     * @param links makes the link of a socket
     * @param sessions the life of sessions
     * @param gateway takes the messages
     * @param limits what one message may be
     */
    record Shared(Links links, Sessions sessions, Gateway gateway, Limits limits) {}

    /** A socket opened. The conversation begins with {@link #begin}. */
    Conversation(Handshake handshake, Shared shared, Wire socket) {
        this.handshake = handshake;
        this.shared = shared;
        Limits limits = shared.limits();
        this.assembly = new Assembly(limits.frameBytes(handshake), limits.messageFragments());
        ChannelWire wire = new ChannelWire(socket, handshake.demandsEncryption());
        this.link = shared.links().open(handshake.codec(), wire);
        this.session = shared.sessions().open(handshake.route(), handshake.caller(), link);
        this.reader = new FrameReader(
                handshake.codec(),
                limits.messageBytes(),
                handshake.terms().orElse(null),
                wire,
                answer -> shared.sessions().encrypted(link, answer));
    }

    /** The socket is ready to be heard: where the client has nothing to say first, its connection event runs. */
    void begin() {
        if (!link.awaitsConnect()) {
            shared.gateway().connect(session, handshake.data());
        }
    }

    /** A fragment of a text came. */
    void text(String part, boolean last) {
        fragment(() -> {
            Optional<String> whole = assembly.add(part, last);
            return whole.isEmpty() ? Optional.empty() : Optional.of(reader.text(whole.get()));
        });
    }

    /** A fragment of a text came, as bytes, which need not end with a character. */
    void utf8(byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembly.add(part, last);
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            reader.beginText();
            Optional<String> text = Utf8.find(whole.get());
            if (text.isEmpty()) {
                shared.sessions().end(session, SessionEnd.byServer(CloseCode.BAD_PAYLOAD));
                return Optional.empty();
            }
            return Optional.of(reader.text(text.get()));
        });
    }

    /** A fragment of binary data came. */
    void binary(byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembly.add(part, last);
            return whole.isEmpty() ? Optional.empty() : reader.binary(whole.get());
        });
    }

    /** The client gave a sign of life that says nothing else. */
    void heard() {
        link.heartbeat().heard();
    }

    /** The client went beyond what a socket takes. */
    void exceeded(CloseCode code, String reason, Meter meter) {
        shared.sessions().exceeded(session, code, reason, meter);
    }

    /** The client broke the rules of the socket. */
    void violated(CloseCode code, String reason) {
        shared.sessions().end(session, SessionEnd.byServer(code, reason));
    }

    /** The client closed, or its socket is gone. */
    void closed(int code, String reason) {
        shared.sessions().end(session, SessionEnd.byPeer(code, reason));
    }

    /** The socket failed. */
    void failed(Throwable failure) {
        shared.sessions().end(session, SessionEnd.fault(failure));
    }

    /** One that comes behind the end would be decoded for nobody, and counted by nobody. */
    private void fragment(Reading reading) {
        if (!session.state().isAddressable()) {
            return;
        }
        link.heartbeat().heard();
        try {
            reading.read().ifPresent(message -> shared.gateway().received(session, message.then(handshake::bound)));
        } catch (NoiseException e) {
            shared.gateway().encryptionFailed(session, String.valueOf(e.getMessage()));
        } catch (Assembly.TooLargeException e) {
            exceeded(CloseCode.TOO_LARGE, e.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } finally {
            incomplete(0);
        }
    }

    /**
     * Counts what has come of a message that is not complete: its fragments, and so many bytes of a frame. It may not take
     * too long, nor too much of what all connections have together.
     */
    void incomplete(int frameBytes) {
        link.heartbeat().reading(frameBytes > 0 || assembly.isIncomplete());
        if (!session.holds(frameBytes + assembly.bytes())) {
            exceeded(CloseCode.TRY_LATER, "too many messages are incomplete", Meter.MESSAGES_OVERRUN);
        }
    }

    /** Takes a message off a fragment; nothing yet, unless it is the last one. */
    private interface Reading {
        Optional<Unread> read() throws NoiseException, Assembly.TooLargeException;
    }
}
