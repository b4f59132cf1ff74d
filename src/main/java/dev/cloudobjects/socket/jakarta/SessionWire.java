package dev.cloudobjects.socket.jakarta;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Writes asynchronously to a Jakarta WebSocket session. */
final class SessionWire implements Wire {

    private final Session session;

    SessionWire(Session session) {
        this.session = session;
    }

    @Override
    public void send(Encoded message, Done done) {
        SendHandler handler = result -> done.ended(result.isOK() ? null : failure(result.getException()));
        if (message instanceof Encoded.Text text) {
            session.getAsyncRemote().sendText(text.text(), handler);
        } else {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(message.toBytes()), handler);
        }
    }

    @Override
    public void ping() {
        try {
            session.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            // A close frame may not contain these two codes.
            int sent = code == CloseCode.ABNORMAL || code == CloseCode.NO_STATUS ? CloseCode.GOING_AWAY.value() : code;
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(sent), CloseCode.fit(reason)));
        } catch (IOException | IllegalStateException e) {
            // It is closed already.
        }
    }

    private static Throwable failure(Throwable thrown) {
        return thrown == null ? new IOException("the write failed") : thrown;
    }
}
