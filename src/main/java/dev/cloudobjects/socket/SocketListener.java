package dev.cloudobjects.socket;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Unread;
import dev.cloudobjects.protocol.Utf8;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionFactory;
import dev.cloudobjects.session.ConnectionState;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.End;
import dev.cloudobjects.session.Wire;
import java.util.Optional;

/**
 * What is said on one socket, whatever kind of socket it is: it puts fragments together, opens what is sealed, and hands
 * the messages on. The socket calls it with one thing at a time; the end may come at any time, from any thread.
 */
public final class SocketListener {

    private final AcceptedHandshake handshake;
    private final Connections connections;
    private final Gateway gateway;
    private final Limits limits;
    private final MessageAssembler assembly;
    private final Connection connection;
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
        int frameBytes(AcceptedHandshake handshake) {
            return messageBytes + (handshake.terms().isPresent() ? FrameReader.overhead() : 0);
        }
    }

    /** A socket opened. The conversation begins with {@link #begin}. */
    SocketListener(AcceptedHandshake handshake, Connections connections, Gateway gateway, Limits limits, Wire socket) {
        this.handshake = handshake;
        this.connections = connections;
        this.gateway = gateway;
        this.limits = limits;
        this.assembly = new MessageAssembler(limits.frameBytes(handshake), limits.messageFragments());
        ChannelWire wire = new ChannelWire(socket, handshake.demandsEncryption());
        this.connection = connections.open(new ConnectionFactory.Request(
                handshake.route(), handshake.caller(), handshake.codec(), wire));
        this.reader = new FrameReader(
                handshake.codec(),
                limits.messageBytes(),
                handshake.terms().orElse(null),
                wire,
                answer -> connections.encrypted(connection, answer));
    }

    /** The socket is ready to be heard: where the client has nothing to say first, its connection event runs. */
    public void begin() {
        if (!connection.awaitsConnect()) {
            gateway.connect(connection, handshake.data());
        }
    }

    /** A fragment of a text came. */
    public void text(String part, boolean last) {
        fragment(() -> {
            Optional<String> whole = assembly.add(part, last);
            return whole.isEmpty() ? Optional.empty() : Optional.of(reader.text(whole.get()));
        });
    }

    /** A fragment of a text came, as bytes, which need not end with a character. */
    public void utf8(byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembly.add(part, last);
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            reader.beginText();
            Optional<String> text = Utf8.find(whole.get());
            if (text.isEmpty()) {
                connections.end(connection, End.byServer(CloseCode.BAD_PAYLOAD));
                return Optional.empty();
            }
            return Optional.of(reader.text(text.get()));
        });
    }

    /** A fragment of binary data came. */
    public void binary(byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembly.add(part, last);
            return whole.isEmpty() ? Optional.empty() : reader.binary(whole.get());
        });
    }

    /** The client gave a sign of life that says nothing else. */
    public void heard() {
        connection.heartbeat().heard();
    }

    /** The client went beyond what a socket takes. */
    public void exceeded(CloseCode code, String reason, Meter meter) {
        connections.exceeded(connection, code, reason, meter);
    }

    /** The client broke the rules of the socket. */
    public void violated(CloseCode code, String reason) {
        connections.end(connection, End.byServer(code, reason));
    }

    /** The client closed, or its socket is gone. */
    public void closed(int code, String reason) {
        connections.end(connection, End.byPeer(code, reason));
    }

    /** The socket failed. */
    public void failed(Throwable failure) {
        connections.end(connection, End.fault(failure));
    }

    /** One that comes behind the end would be decoded for nobody, and counted by nobody. */
    private void fragment(Reading reading) {
        if (connection.state().compareTo(ConnectionState.CLOSING) >= 0) {
            return;
        }
        connection.heartbeat().heard();
        try {
            reading.read().ifPresent(message -> gateway.received(connection, message.then(handshake::bound)));
        } catch (NoiseException e) {
            gateway.encryptionFailed(connection, String.valueOf(e.getMessage()));
        } catch (MessageAssembler.TooLargeException e) {
            exceeded(CloseCode.TOO_LARGE, e.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } finally {
            incomplete(0);
        }
    }

    /**
     * Counts what has come of a message that is not complete: its fragments, and so many bytes of a frame. It may not take
     * too long, nor too much of what all connections have together.
     */
    public void incomplete(int frameBytes) {
        connection.heartbeat().reading(frameBytes > 0 || assembly.isIncomplete());
        if (!connection.holds(frameBytes + assembly.bytes())) {
            exceeded(CloseCode.TRY_LATER, "too many messages are incomplete", Meter.MESSAGES_OVERRUN);
        }
    }

    /** Takes a message off a fragment; nothing yet, unless it is the last one. */
    private interface Reading {
        Optional<Unread> read() throws NoiseException, MessageAssembler.TooLargeException;
    }
}
