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
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of Open Liberty: by reflection, because an application has no other way to them. Liberty neither reads nor
 * writes an upgraded connection unless it is asked to, which nobody does here, so a socket can be served by a loop of our
 * own. Where it can't be had, the server's own WebSocket does the work.
 */
final class LibertySockets implements SocketAccess, AutoCloseable {

    /** A request over TLS has one. The server keeps its socket, on which there is only what is encrypted. */
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    /** What a listener of the container's says: that the connection is used, and no further request is to be read from it. */
    private static final String LISTENED_TO = "UpgradedListener";

    /** That the connection is to end: without that Liberty goes on to count it, and waits for it when it stops. */
    private static final String TO_BE_CLOSED = "CloseUpgradedWebConnection";

    private static final String LINK = "com.ibm.wsspi.channelfw.ConnectionLink";
    private static final String CIRCUIT = "com.ibm.wsspi.channelfw.VirtualConnection";

    /**
     * How long a read may take to get from a queue of Liberty's into its selector, in milliseconds: ending the upper link
     * queues one. A socket that closes in between makes the selector stumble over that queue, in which the reads of other
     * connections wait.
     */
    private static final long READ_QUEUED = 50;

    private final EventLoops loops;
    private final Executor mayWait;
    private volatile boolean outOfReach;

    /**
     * Sockets.
     *
     * @param loops the threads that serve them, which end with this
     * @param mayWait where they are closed, which may wait for Liberty's selector
     */
    LibertySockets(EventLoops loops, Executor mayWait) {
        this.loops = loops;
        this.mayWait = mayWait;
    }

    /** Whether the socket of this request can be had, as far as is known ahead of the upgrade. */
    boolean reaches(HttpServletRequest request) {
        return !outOfReach && request.getAttribute(CIPHER_SUITE) == null;
    }

    @Override
    public ByteSocket take(WebConnection connection) throws IOException {
        try {
            Object circuit = present(call(connection, "getVirtualConnection"));
            Object link = present(call(connection, "getDeviceConnLink"));
            Socket socket = (Socket) present(call(present(call(link, "getSocketIOChannel")), "getSocket"));
            ByteSocket opened = loops.open(socket.getChannel());
            // Last: whoever says so has to end the connection.
            state(circuit).put(LISTENED_TO, "true");
            return new Taken(opened, circuit, link, mayWait);
        } catch (InvocationTargetException e) {
            throw new IOException("the connection is gone", e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            if (!outOfReach) {
                outOfReach = true;
                Log.SOCKET_OUT_OF_REACH.log(Keys.TRANSPORT.name(), e.toString());
            }
            throw new IOException("the socket is out of reach", e);
        }
    }

    /** What Liberty has let go of, where the client has gone again: that says nothing of other connections. */
    private static Object present(@Nullable Object part) throws IOException {
        if (part == null) {
            throw new ClosedChannelException();
        }
        return part;
    }

    @SuppressWarnings("unchecked") // It has texts for keys, says Liberty.
    private static Map<Object, Object> state(Object circuit) throws ReflectiveOperationException {
        return (Map<Object, Object>) call(circuit, "getStateMap");
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    @Override
    public void close() {
        loops.close();
    }

    /** A socket whose end Liberty learns of. */
    private static final class Taken implements ByteSocket {

        private final ByteSocket socket;
        private final Object circuit;
        private final Object link;
        private final Executor mayWait;
        private final AtomicBoolean closed = new AtomicBoolean();

        Taken(ByteSocket socket, Object circuit, Object link, Executor mayWait) {
            this.socket = socket;
            this.circuit = circuit;
            this.link = link;
            this.mayWait = mayWait;
        }

        @Override
        public void start(Reader reader) {
            socket.start(reader);
        }

        @Override
        public void write(Done done, ByteBuffer... bytes) {
            socket.write(done, bytes);
        }

        /**
         * As Liberty ends an upgraded connection with a listener of its own: the link on top, which counts it, first, and the
         * one to the device at last. What is between them leaves an upgraded connection to whoever upgraded it.
         */
        @Override
        public void close() {
            if (closed.getAndSet(true)) {
                return;
            }
            end(type -> {
                state(circuit).put(TO_BE_CLOSED, "true");
                Method above = type.getMethod("getApplicationCallback");
                return above.invoke(above.invoke(link));
            });
            // No thread waits meanwhile: thousands may end at once.
            CompletableFuture.delayedExecutor(READ_QUEUED, TimeUnit.MILLISECONDS, this::soon).execute(this::closeDevice);
        }

        private void soon(Runnable task) {
            try {
                mayWait.execute(task);
            } catch (RejectedExecutionException e) {
                // The application stops, and its threads with it.
                task.run();
            }
        }

        private void closeDevice() {
            end(type -> link);
            socket.close();
        }

        private Class<?> type(String name) throws ClassNotFoundException {
            return Class.forName(name, false, link.getClass().getClassLoader());
        }

        private interface Which {
            Object link(Class<?> type) throws ReflectiveOperationException;
        }

        private void end(Which which) {
            try {
                Class<?> type = type(LINK);
                type.getMethod("close", type(CIRCUIT), Exception.class).invoke(which.link(type), circuit, null);
            } catch (InvocationTargetException e) {
                // It is closed already, which is what was wanted.
            } catch (ReflectiveOperationException e) {
                Log.SOCKET_LEFT_OPEN.log(e);
            }
        }
    }
}
