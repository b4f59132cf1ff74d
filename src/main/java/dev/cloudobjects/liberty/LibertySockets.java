package dev.cloudobjects.liberty;

import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.loop.EventLoops;
import dev.cloudobjects.socket.servlet.SocketAvailability;
import dev.cloudobjects.socket.servlet.SocketAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sockets of Open Liberty, of connections that were upgraded. Liberty neither reads nor writes those unless it is asked
 * to, which nobody does here, so a socket can be served by a loop of our own. Where it can't be had, the server's own
 * WebSocket does the work.
 */
public final class LibertySockets implements SocketAccess, AutoCloseable {

    /** A request over TLS has one. The server keeps its socket, on which there is only what is encrypted. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    private final EventLoops loops;
    private final LibertyConnection.Methods methods = new LibertyConnection.Methods();
    private final SocketAvailability reach;

    /** SocketUpgrades. @param loops the threads that serve them, which end with this; @param reach is lost when the server is another one inside */
    public LibertySockets(EventLoops loops, SocketAvailability reach) {
        this.loops = loops;
        this.reach = reach;
    }

    /** Whether the server ends TLS for this request, and keeps what is below it. */
    public static boolean encrypted(HttpServletRequest request) {
        return request.getAttribute(CIPHER_SUITE) != null;
    }

    @Override
    public ByteSocket take(WebConnection connection) throws IOException {
        try {
            LibertyConnection taken = new LibertyConnection(methods, connection);
            ByteSocket socket = loops.open(taken.channel());
            return new Taken(socket, taken, taken.handOver());
        } catch (InvocationTargetException e) {
            throw new IOException("the connection is gone", e);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            reach.lose(e.toString());
            throw new IOException("the socket is out of reach", e);
        }
    }

    @Override
    public void close() {
        loops.close();
    }

    /** A socket whose end Liberty learns of. */
    private static final class Taken implements ByteSocket {

        private final ByteSocket socket;
        private final LibertyConnection connection;
        private final byte[] early;
        private final AtomicBoolean closed = new AtomicBoolean();

        /** @param early what the client sent behind its handshake, and Liberty has read */
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
