package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.config.Settings;
import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.limit.ByteRate;
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
final class Conversation {

    private final Handshake handshake;
    private final Connections connections;
    private final Gateway gateway;
    private final Limits limits;
    private final Assembly assembly;
    private final Connection connection;
    private final FrameReader reader;
    private final ByteRate rate;

    /**
     * What one message may be.
     *
     * @param messageBytes the largest message
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

        /** The largest frame of WebSocket. */
        int frameBytes(Handshake handshake) {
            return messageBytes + (handshake.terms().isPresent() ? FrameReader.overhead() : 0);
        }
    }

    private static final int BURST_SECONDS = 4;

    /** A socket opened. The conversation begins with {@link #begin}. */
    Conversation(Handshake handshake, Connections connections, Gateway gateway, Limits limits, Wire socket) {
        this.handshake = handshake;
        this.connections = connections;
        this.gateway = gateway;
        this.limits = limits;
        this.assembly = new Assembly(limits.frameBytes(handshake), limits.messageFragments());
        ChannelWire wire = new ChannelWire(socket, handshake.demandsEncryption());
        this.connection = connections.open(new ConnectionFactory.Request(
                handshake.route(), handshake.caller(), handshake.codec(), wire));
        this.reader = new FrameReader(
                handshake.codec(),
                limits.messageBytes(),
                handshake.terms().orElse(null),
                wire,
                answer -> connections.encrypted(connection, answer));
        this.rate = new ByteRate(limits.bytesPerSecond(), BURST_SECONDS, System::nanoTime);
    }

    /** The socket is ready to be heard: where the client has nothing to say first, its connection event runs. */
    void begin() {
        if (!connection.awaitsConnect()) {
            gateway.connect(connection, handshake.data());
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
                connections.end(connection, End.byServer(CloseCode.BAD_PAYLOAD));
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

    /**
     * Counts bytes that were read off the socket: large messages are costly, and a client that sends many has to wait.
     *
     * @return for how many nanoseconds the socket should not be read from
     */
    long pause(int bytes) {
        return rate.take(bytes);
    }

    /** The client gave a sign of life that says nothing else. */
    void heard() {
        connection.heartbeat().heard();
    }

    /** The client went beyond what a socket takes. */
    void exceeded(CloseCode code, String reason, Meter meter) {
        connections.exceeded(connection, code, reason, meter);
    }

    /** The client broke the rules of the socket. */
    void violated(CloseCode code, String reason) {
        connections.end(connection, End.byServer(code, reason));
    }

    /** The client closed, or its socket is gone. */
    void closed(int code, String reason) {
        connections.end(connection, End.byPeer(code, reason));
    }

    /** The socket failed. */
    void failed(Throwable failure) {
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
        connection.heartbeat().reading(frameBytes > 0 || assembly.isIncomplete());
        if (!connection.holds(frameBytes + assembly.bytes())) {
            exceeded(CloseCode.TRY_LATER, "too many messages are incomplete", Meter.MESSAGES_OVERRUN);
        }
    }

    /** Takes a message off a fragment; nothing yet, unless it is the last one. */
    private interface Reading {
        Optional<Unread> read() throws NoiseException, Assembly.TooLargeException;
    }
}
