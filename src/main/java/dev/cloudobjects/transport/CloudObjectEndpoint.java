package dev.cloudobjects.transport;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.CloseCode;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.util.Optional;
import java.util.function.Function;

/**
 * One WebSocket connection as Jakarta WebSocket sees it. It is reached through the handshake at {@code /ws/<path>} only.
 * The container calls it with one message at a time.
 *
 * <p>It is no annotated endpoint: for those Liberty checks no size in front of a handler of parts, and collects a frame
 * of any size, two gigabytes included, before that handler sees a byte of it.
 */
public class CloudObjectEndpoint extends Endpoint {

    private final Function<Wire, Conversation> conversations;
    private final Limits limits;
    private volatile Optional<Conversation> conversation = Optional.empty();

    /** An endpoint. @param conversations opens the conversation on a socket */
    CloudObjectEndpoint(Function<Wire, Conversation> conversations, Limits limits) {
        this.conversations = conversations;
        this.limits = limits;
    }

    /**
     * What a socket may do.
     *
     * @param frameBytes the largest frame
     * @param idleMillis how long it may be silent before the container gives it up, should the heartbeat fail to
     * @param writeMillis how long a write may take before the container gives it up
     */
    record Limits(int frameBytes, long idleMillis, long writeMillis) {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // The container closes on a larger frame as soon as it has read how large it is; messages are counted by us.
        session.setMaxTextMessageBufferSize(limits.frameBytes());
        session.setMaxBinaryMessageBufferSize(limits.frameBytes());
        session.setMaxIdleTimeout(limits.idleMillis());
        session.getAsyncRemote().setSendTimeout(limits.writeMillis());
        Conversation opened = conversations.apply(new SessionWire(session));
        conversation = Optional.of(opened);
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) opened::text);
        session.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) opened::binary);
        session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> opened.heard());
        opened.begin();
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        String said = reason.getReasonPhrase() == null ? "" : reason.getReasonPhrase();
        int code = reason.getCloseCode().getCode();
        // Only servers send 1011, and Liberty says it of a socket that vanished.
        int meant = code == CloseCode.INTERNAL_ERROR.value() ? CloseCode.ABNORMAL : code;
        conversation.ifPresent(ended -> ended.closed(meant, said));
    }

    @Override
    public void onError(Session session, Throwable failure) {
        conversation.ifPresent(ended -> ended.failed(failure));
    }
}
