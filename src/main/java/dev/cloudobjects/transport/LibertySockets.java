package dev.cloudobjects.transport;

import dev.cloudobjects.config.Keys;
import dev.cloudobjects.log.Log;
import dev.cloudobjects.loop.ByteSocket;
import dev.cloudobjects.loop.EventLoops;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The sockets of Open Liberty: by reflection, because an application has no other way to them. Liberty neither reads nor
 * writes an upgraded connection unless it is asked to, which nobody does here, so a socket can be served by a loop of our
 * own. Where it can't be had, the server's own WebSocket does the work.
 */
final class LibertySockets implements SocketAccess, AutoCloseable {

    /** The session of a request over TLS has one; RFC 6455 over TLS is left to the server, whose socket has what is encrypted. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    /** What a listener of the container's says: that the connection is used, and no further request is to be read from it. */
    private static final String LISTENED_TO = "UpgradedListener";

    /** That the connection is to end: without that Liberty goes on to count it, and waits for it when it stops. */
    private static final String TO_BE_CLOSED = "CloseUpgradedWebConnection";

    private static final String LINK = "com.ibm.wsspi.channelfw.ConnectionLink";

    /**
     * How long a read may take to get from a queue of Liberty's into its selector, in milliseconds: ending the upper link
     * queues one. A socket that closes in between makes the selector stumble over that queue, in which the reads of other
     * connections wait.
     */
    private static final long READ_QUEUED = 50;

    private final EventLoops loops;
    private volatile boolean outOfReach;

    /** Sockets served by these threads, which end with this. */
    LibertySockets(EventLoops loops) {
        this.loops = loops;
    }

    /** Whether the socket of this request can be had, as far as is known ahead of the upgrade. */
    boolean reaches(HttpServletRequest request) {
        return !outOfReach && request.getAttribute(CIPHER_SUITE) == null;
    }

    @Override
    public ByteSocket take(WebConnection connection) throws IOException {
        Object link;
        SocketChannel channel;
        try {
            link = call(connection, "getDeviceConnLink");
            Socket socket = (Socket) call(call(link, "getSocketIOChannel"), "getSocket");
            channel = socket.getChannel();
            state(connection).put(LISTENED_TO, "true");
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (!outOfReach) {
                outOfReach = true;
                Log.SOCKET_OUT_OF_REACH.log(Keys.TRANSPORT.name(), e.toString());
            }
            throw new IOException("the socket is out of reach", e);
        }
        return new Taken(loops.open(channel), connection, link, new AtomicBoolean());
    }

    @SuppressWarnings("unchecked") // It has texts for keys, says Liberty.
    private static Map<Object, Object> state(WebConnection connection) throws ReflectiveOperationException {
        return (Map<Object, Object>) call(call(connection, "getVirtualConnection"), "getStateMap");
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    @Override
    public void close() {
        loops.close();
    }

    /** A socket whose end Liberty learns of. */
    private record Taken(ByteSocket socket, WebConnection connection, Object link, AtomicBoolean closed)
            implements ByteSocket {

        @Override
        public void start(Reader reader) {
            socket.start(reader);
        }

        @Override
        public void write(Done done, ByteBuffer... bytes) {
            socket.write(done, bytes);
        }

        /** Waits for Liberty's selector, so it is called on a thread that may wait. */
        @Override
        public void close() {
            try {
                if (!closed.getAndSet(true)) {
                    end();
                }
            } catch (InvocationTargetException e) {
                // It is closed already, which is what was wanted.
            } catch (InterruptedException e) {
                // The server stops, and closes its sockets itself.
                Thread.currentThread().interrupt();
            } catch (ReflectiveOperationException e) {
                Log.SOCKET_LEFT_OPEN.log(e);
            } finally {
                socket.close();
            }
        }

        /**
         * As Liberty ends an upgraded connection with a listener of its own: the link on top, which counts it, first, and the
         * one to the device at last. What is between them leaves an upgraded connection to whoever upgraded it.
         */
        private void end() throws ReflectiveOperationException, InterruptedException {
            Object circuit = call(connection, "getVirtualConnection");
            if (circuit == null) {
                return;
            }
            Class<?> type = Class.forName(LINK, false, link.getClass().getClassLoader());
            Method close = Stream.of(type.getMethods())
                    .filter(method -> method.getName().equals("close") && method.getParameterCount() == 2)
                    .findAny()
                    .orElseThrow(() -> new NoSuchMethodException(LINK + ".close"));
            Method above = type.getMethod("getApplicationCallback");
            state(connection).put(TO_BE_CLOSED, "true");
            try {
                close.invoke(above.invoke(above.invoke(link)), circuit, null);
                Thread.sleep(READ_QUEUED);
            } finally {
                close.invoke(link, circuit, null);
            }
        }
    }
}
