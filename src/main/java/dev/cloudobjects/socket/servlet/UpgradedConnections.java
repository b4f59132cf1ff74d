package dev.cloudobjects.socket.servlet;

import dev.cloudobjects.framing.Frames;
import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.socket.SocketListener;
import dev.cloudobjects.time.Timeouts;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.function.Function;

/**
 * Serves upgraded connections: takes their sockets, and speaks WebSocket on them. {@link UpgradedReader} reads, and
 * {@link UpgradedWire} writes. The container no longer knows of the connection, so every failure here must close it.
 */
public final class UpgradedConnections {

    private final SocketAccess sockets;
    private final SocketExecutors executors;
    private final Timeouts timeouts;

    /**
     * Serves connections.
     *
     * @param sockets gives the sockets
     * @param executors the threads that may wait
     * @param timeouts how long a client may take to answer a close frame
     */
    public UpgradedConnections(SocketAccess sockets, SocketExecutors executors, Timeouts timeouts) {
        this.sockets = sockets;
        this.executors = executors;
        this.timeouts = timeouts;
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
        UpgradedWire wire = new UpgradedWire(socket, executors, timeouts);
        SocketListener listener;
        try {
            listener = listeners.apply(wire);
        } catch (RuntimeException | Error e) {
            wire.close(CloseCode.INTERNAL_ERROR.value(), CloseCode.INTERNAL_ERROR.reason());
            throw e;
        }
        try {
            listener.begin();
        } catch (RuntimeException | Error e) {
            listener.failed(e);
        }
        socket.start(new UpgradedReader(frameBytes, listener, wire));
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
