package dev.cloudobjects.transport;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.function.Function;

/**
 * Takes the socket of an upgraded connection, and speaks WebSocket on it, with frames of our own: {@link UpgradedReader}
 * reads, and {@link UpgradedWire} writes. The container has no more to do with it, so whatever fails here has to end it.
 */
final class Takeover {

    private final SocketAccess sockets;
    private final SocketExecutors lanes;
    private final Patience patience;

    /**
     * Takes sockets.
     *
     * @param sockets where they are had from
     * @param lanes the threads that may wait
     * @param patience for clients that do not answer a close frame
     */
    Takeover(SocketAccess sockets, SocketExecutors lanes, Patience patience) {
        this.sockets = sockets;
        this.lanes = lanes;
        this.patience = patience;
    }

    /**
     * Begins a conversation.
     *
     * @return whether the socket could be had; otherwise the client has gone, or has to come again for one of the other kind
     * @param frameBytes the largest frame
     * @param opens the conversation, on what it writes to
     */
    boolean begin(WebConnection connection, int frameBytes, Function<Wire, Conversation> opens) {
        ByteSocket socket;
        try {
            socket = sockets.take(connection);
        } catch (IOException e) {
            sendAway(connection);
            return false;
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
        return true;
    }

    /** By the means of the standard, as there are no others here. A client that is there comes again at once. */
    private static void sendAway(WebConnection connection) {
        try {
            ServletOutputStream out = connection.getOutputStream();
            out.write(Frames.close(CloseCode.RESTARTING.value(), CloseCode.RESTARTING.reason()));
            out.flush();
        } catch (IOException | RuntimeException e) {
            // It has gone again.
        }
        close(connection);
    }

    private static void close(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            // It is closed already, which is what was wanted.
        }
    }
}
