package dev.cloudobjects.transport;

import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.session.Lanes;
import dev.cloudobjects.session.Wire;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.function.Function;

/**
 * Takes the socket of an upgraded connection, and speaks WebSocket on it, with frames of our own: {@link UpgradedReader}
 * reads, and {@link UpgradedWire} writes. The container has no more to do with it, so whatever fails here has to end it.
 */
final class Takeover {

    private final SocketAccess sockets;
    private final Lanes lanes;
    private final Patience patience;

    /**
     * Takes sockets.
     *
     * @param sockets where they are had from
     * @param lanes the threads that may wait
     * @param patience for clients that do not answer a close frame
     */
    Takeover(SocketAccess sockets, Lanes lanes, Patience patience) {
        this.sockets = sockets;
        this.lanes = lanes;
        this.patience = patience;
    }

    /**
     * Begins a conversation.
     *
     * @param frameBytes the largest frame
     * @param opens the conversation, on what it writes to
     */
    void begin(WebConnection connection, int frameBytes, Function<Wire, Conversation> opens) {
        ByteSocket socket;
        try {
            socket = sockets.take(connection);
        } catch (IOException e) {
            // The client has gone again, or has to come again for a socket of the other kind.
            close(connection);
            return;
        }
        UpgradedWire wire = new UpgradedWire(socket, lanes, patience);
        Conversation conversation;
        try {
            conversation = opens.apply(wire);
        } catch (RuntimeException | Error e) {
            wire.close(CloseCode.INTERNAL_ERROR.value(), CloseCode.INTERNAL_ERROR.reason());
            throw e;
        }
        try {
            conversation.begin();
        } catch (RuntimeException | Error e) {
            conversation.failed(e);
        }
        socket.start(new UpgradedReader(frameBytes, conversation, wire));
    }

    private static void close(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            // It is closed already, which is what was wanted.
        }
    }
}
