package dev.cloudobjects.transport;

import dev.cloudobjects.link.Wire;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.protocol.Encoded;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The socket of a Jakarta WebSocket session, written to asynchronously. */
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
            // These two mean that there was no close frame, and can't be put into one.
            int sent = code == CloseCode.ABNORMAL || code == CloseCode.NO_STATUS ? CloseCode.GOING_AWAY.value() : code;
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(sent), CloseCode.fit(reason)));
        } catch (IOException | IllegalStateException e) {
            // It is closed already, which is what was wanted.
        }
    }

    private static Throwable failure(Throwable thrown) {
        return thrown == null ? new IOException("the write failed") : thrown;
    }
}
