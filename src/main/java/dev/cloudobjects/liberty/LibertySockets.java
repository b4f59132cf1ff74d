package dev.cloudobjects.liberty;

import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.socket.servlet.SocketAccess;
import dev.cloudobjects.socket.servlet.SocketAvailability;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes the sockets of upgraded connections from Open Liberty, which neither reads nor writes them unless the application asks for it.
 * An event loop of the application serves them instead. Where a socket is not available, the container serves the connection.
 */
public final class LibertySockets implements SocketAccess, AutoCloseable {

    /** The attribute of a request over TLS. The bytes of its socket are encrypted, so the socket is of no use. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    private final EventLoops loops;
    private final LibertyConnection.Methods methods = new LibertyConnection.Methods();
    private final SocketAvailability availability;

    /**
     * Takes sockets.
     *
     * @param loops the threads that serve them; {@link #close} ends them
     * @param availability set to unavailable when the classes of the server are others
     */
    public LibertySockets(EventLoops loops, SocketAvailability availability) {
        this.loops = loops;
        this.availability = availability;
    }

    /** Whether the server terminates TLS for this request. */
    public static boolean encrypted(HttpServletRequest request) {
        return request.getAttribute(CIPHER_SUITE) != null;
    }

    @Override
    public ByteSocket take(WebConnection connection) throws IOException {
        try {
            LibertyConnection taken = new LibertyConnection(methods, connection);
            ByteSocket socket = loops.open(taken.channel());
            return new Taken(socket, taken, taken.detach());
        } catch (InvocationTargetException e) {
            throw new IOException("the connection is gone", e);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            availability.markUnavailable(e.toString());
            throw new IOException("the socket is not available", e);
        }
    }

    @Override
    public void close() {
        loops.close();
    }

    /** A socket that closes the connection of Liberty with itself. */
    private static final class Taken implements ByteSocket {

        private final ByteSocket socket;
        private final LibertyConnection connection;
        private final byte[] early;
        private final AtomicBoolean closed = new AtomicBoolean();

        /** @param early the bytes that Liberty has read after the handshake */
        Taken(ByteSocket socket, LibertyConnection connection, byte[] early) {
            this.socket = socket;
            this.connection = connection;
            this.early = early;
        }

        @Override
        public void start(Reader reader) {
            if (early.length > 0) {
                reader.read(early, early.length);
            }
            socket.start(reader);
        }

        @Override
        public void write(Done done, ByteBuffer... bytes) {
            socket.write(done, bytes);
        }

        @Override
        public void writeLast(Done done, ByteBuffer... bytes) {
            socket.writeLast(done, bytes);
        }

        @Override
        public void close() {
            if (closed.getAndSet(true)) {
                return;
            }
            try {
                connection.end();
            } finally {
                socket.close();
            }
        }
    }
}
