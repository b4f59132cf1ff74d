package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.socket.SocketListener;
import dev.cloudobjects.socket.framed.FramedSockets;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.function.Function;

/**
 * Serves upgraded connections: takes their sockets, and has WebSocket spoken on them. The container no longer knows of the
 * connection, so every failure here must close it.
 */
public final class UpgradedConnections {

    private final SocketAccess sockets;
    private final FramedSockets frames;

    /** Serves connections. @param sockets gives the sockets */
    public UpgradedConnections(SocketAccess sockets, FramedSockets frames) {
        this.sockets = sockets;
        this.frames = frames;
    }

    /**
     * Starts to serve a connection.
     *
     * @param frameBytes the largest frame
     * @param listeners makes the listener, which writes to the given wire
     * @return whether the socket was available; otherwise the client has disconnected, or is told to reconnect
     */
    boolean serve(WebConnection connection, int frameBytes, Function<Wire, SocketListener> listeners) {
        ByteSocket socket;
        try {
            socket = sockets.take(connection);
        } catch (IOException e) {
            refuse(connection);
            return false;
        }
        socket.start(frames.open(socket, frameBytes, listeners));
        return true;
    }

    /** Closes by the servlet API, because there is no other access. A client that is still connected reconnects at once. */
    private static void refuse(WebConnection connection) {
        try {
            ServletOutputStream out = connection.getOutputStream();
            out.write(Frames.close(CloseCode.RESTARTING.value(), CloseCode.RESTARTING.reason()));
            out.flush();
        } catch (IOException | RuntimeException e) {
            // It has disconnected.
        }
        close(connection);
    }

    private static void close(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            // It is closed already.
        }
    }
}
