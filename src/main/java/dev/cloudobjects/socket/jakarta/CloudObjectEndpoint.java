package dev.cloudobjects.socket.jakarta;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.socket.SocketListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.util.Optional;
import java.util.function.Function;

/**
 * The endpoint of one connection. Only the handshake at {@code /ws/<path>} leads to it. The container calls it with one fragment at a
 * time.
 *
 * <p>It is not an annotated endpoint: for those, Liberty does not limit the size of a frame for a handler of fragments, and buffers
 * up to two gigabytes before it calls the handler.
 */
public class CloudObjectEndpoint extends Endpoint {

    private final Function<Wire, SocketListener> listeners;
    private final Limits limits;
    private volatile Optional<SocketListener> listener = Optional.empty();

    /** An endpoint. @param listeners makes the listener of a socket */
    CloudObjectEndpoint(Function<Wire, SocketListener> listeners, Limits limits) {
        this.listeners = listeners;
        this.limits = limits;
    }

    /**
     * The limits of a socket.
     *
     * @param frameBytes the largest frame, in bytes
     * @param idleMillis after how many ms without a message the container closes it, if the heartbeat did not
     * @param writeMillis after how many ms the container fails a write
     */
    record Limits(int frameBytes, long idleMillis, long writeMillis) {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // The container closes as soon as it reads the header of a larger frame; the size of messages is checked by the listener.
        session.setMaxTextMessageBufferSize(limits.frameBytes());
        session.setMaxBinaryMessageBufferSize(limits.frameBytes());
        session.setMaxIdleTimeout(limits.idleMillis());
        session.getAsyncRemote().setSendTimeout(limits.writeMillis());
        SocketListener opened = listeners.apply(new SessionWire(session));
        listener = Optional.of(opened);
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) opened::text);
        session.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) opened::binary);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.controlFrame());
        opened.begin();
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        String said = reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase();
        int code = reason.getCloseCode().getCode();
        // A client never sends 1011; Liberty reports a lost connection by it.
        int meant = code == CloseCode.INTERNAL_ERROR.value() ? CloseCode.ABNORMAL : code;
        listener.ifPresent(ended -> ended.closed(meant, said));
    }

    @Override
    public void onError(Session session, Throwable failure) {
        listener.ifPresent(ended -> ended.failed(failure));
    }
}
