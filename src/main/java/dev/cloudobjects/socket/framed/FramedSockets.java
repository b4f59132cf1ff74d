package dev.cloudobjects.socket.framed;

import dev.cloudobjects.link.SocketExecutors;
import dev.cloudobjects.link.Wire;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.protocol.CloseCode;
import dev.cloudobjects.socket.SocketListener;
import dev.cloudobjects.time.Timeouts;
import java.util.function.Function;

/**
 * Opens WebSocket connections on sockets whose handshake was accepted: {@link FramedReader} reads, and {@link FramedWire} writes.
 * Nobody else knows of such a connection, so every failure here must close it. Safe for use by many threads.
 */
public final class FramedSockets {

    private final SocketExecutors executors;
    private final Timeouts timeouts;

    /**
     * Opens connections.
     *
     * @param executors the threads that may wait
     * @param timeouts how long a client may take to answer a close frame
     */
    public FramedSockets(SocketExecutors executors, Timeouts timeouts) {
        this.executors = executors;
        this.timeouts = timeouts;
    }

    /**
     * Opens a connection. Frames may be written before this returns.
     *
     * @param frameBytes the largest frame
     * @param listeners makes the listener, which writes to the given wire; if it throws, the socket is closed
     * @return the receiver of all that is read from the socket
     */
    public ByteSocket.Reader open(ByteSocket socket, int frameBytes, Function<Wire, SocketListener> listeners) {
        FramedWire wire = new FramedWire(socket, executors, timeouts);
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
        return new FramedReader(frameBytes, listener, wire);
    }
}
