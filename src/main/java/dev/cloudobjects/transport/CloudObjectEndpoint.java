package dev.cloudobjects.transport;

import dev.cloudobjects.dispatch.Gateway;
import dev.cloudobjects.noise.NoiseException;
import dev.cloudobjects.observe.Meters.Meter;
import dev.cloudobjects.protocol.ClientFrame;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.MalformedMessage;
import dev.cloudobjects.session.Connection;
import dev.cloudobjects.session.ConnectionFactory;
import dev.cloudobjects.session.Connections;
import dev.cloudobjects.session.End;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.util.Optional;

/**
 * One WebSocket connection as the container sees it. It is reached through the handshake at {@code /ws/<path>} only.
 * The container calls it with one message at a time.
 *
 * <p>It is no annotated endpoint: for those Liberty checks no size in front of a handler of parts, and collects a frame
 * of any size, two gigabytes included, before that handler sees a byte of it.
 */
public class CloudObjectEndpoint extends Endpoint {

    private static final int VANISHED = 1006;

    private final Handshake handshake;
    private final Connections connections;
    private final Gateway gateway;
    private final Limits limits;
    private final int frameBytes;
    private final Assembly assembly;
    private volatile Optional<Connection> connection = Optional.empty();

    CloudObjectEndpoint(Handshake handshake, Connections connections, Gateway gateway, Limits limits) {
        this.handshake = handshake;
        this.connections = connections;
        this.gateway = gateway;
        this.limits = limits;
        this.frameBytes = limits.messageBytes() + (handshake.terms().isPresent() ? FrameReader.overhead() : 0);
        this.assembly = new Assembly(frameBytes, limits.messageFragments());
    }

    /**
     * What a socket may do.
     *
     * @param messageBytes the largest message
     * @param messageFragments the most fragments of a message
     * @param idleMillis how long it may be silent before the container gives it up, should the heartbeat fail to
     * @param writeMillis how long a write may take before the container gives it up
     */
    record Limits(int messageBytes, int messageFragments, long idleMillis, long writeMillis) {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // The container closes on a larger frame as soon as it has read how large it is; messages are counted by us.
        session.setMaxTextMessageBufferSize(frameBytes);
        session.setMaxBinaryMessageBufferSize(frameBytes);
        session.setMaxIdleTimeout(limits.idleMillis());
        session.getAsyncRemote().setSendTimeout(limits.writeMillis());
        ChannelWire wire = new ChannelWire(new SessionWire(session), handshake.demandsEncryption());
        Connection opened = connections.open(new ConnectionFactory.Request(
                handshake.route(), handshake.caller(), handshake.codec(), wire));
        connection = Optional.of(opened);
        FrameReader reader = new FrameReader(
                handshake.codec(),
                limits.messageBytes(),
                handshake.terms().orElse(null),
                wire,
                answer -> connections.encrypted(opened, answer));
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) (part, last) -> text(reader, part, last));
        session.addMessageHandler(
                byte[].class, (MessageHandler.Partial<byte[]>) (part, last) -> binary(reader, part, last));
        session.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.heartbeat().heard());
        if (!opened.awaitsConnect()) {
            gateway.connect(opened, handshake.data());
        }
    }

    private void text(FrameReader reader, String part, boolean last) {
        fragment(() -> {
            Optional<String> whole = assembly.add(part, last);
            return whole.isEmpty() ? Optional.empty() : Optional.of(reader.text(whole.get()));
        });
    }

    private void binary(FrameReader reader, byte[] part, boolean last) {
        fragment(() -> {
            Optional<byte[]> whole = assembly.add(part, last);
            return whole.isEmpty() ? Optional.empty() : reader.binary(whole.get());
        });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        String said = reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase();
        int code = reason.getCloseCode().getCode();
        // Only servers send 1011, and Liberty says it of a socket that vanished.
        end(End.byPeer(code == CloseCode.INTERNAL_ERROR.value() ? VANISHED : code, said));
    }

    @Override
    public void onError(Session session, Throwable failure) {
        end(End.fault(failure));
    }

    private void fragment(Reading reading) {
        if (connection.isEmpty()) {
            return;
        }
        Connection from = connection.get();
        from.heartbeat().heard();
        try {
            reading.read().ifPresent(frame -> gateway.received(from, handshake.bound(frame)));
        } catch (MalformedMessage e) {
            gateway.malformed(from, e);
        } catch (NoiseException e) {
            gateway.encryptionFailed(from, String.valueOf(e.getMessage()));
        } catch (Assembly.TooLargeException e) {
            connections.exceeded(from, CloseCode.TOO_LARGE, e.getMessage(), Meter.MESSAGES_TOO_LARGE);
        } finally {
            from.heartbeat().reading(assembly.isIncomplete());
        }
    }

    private void end(End how) {
        connection.ifPresent(ended -> connections.end(ended, how));
    }

    /** Reads a frame off a fragment; nothing yet, unless it is the last one. */
    private interface Reading {
        Optional<ClientFrame> read() throws NoiseException, Assembly.TooLargeException;
    }
}
