package dev.cloudobjects.transport;

import dev.cloudobjects.log.Log;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An upgraded connection as Open Liberty has it inside: by reflection, because an application has no other way to it.
 * Three links lie on top of each other: the one to the device has the socket, the one of HTTP the request, and the
 * dispatcher's counts. All that is needed in the life of a connection is looked up at its beginning, so that nothing turns out to be missing
 * later. Found in the source of 26.0.0.5.
 */
final class LibertyConnection {

    /** What a listener of the container's says: that the connection is used, and no further request is to be read from it. */
    private static final String LISTENED_TO = "UpgradedListener";

    /** That the connection is to end: without that Liberty goes on to count it, and waits for it when it stops. */
    private static final String TO_BE_CLOSED = "CloseUpgradedWebConnection";

    /** What Liberty has read behind the request. */
    private static final String UNREAD = "NotUpgradedUnreadData";

    private static final String LINK = "com.ibm.wsspi.channelfw.ConnectionLink";
    private static final String CIRCUIT = "com.ibm.wsspi.channelfw.VirtualConnection";
    private static final String BUFFER = "com.ibm.wsspi.bytebuffer.WsByteBuffer";

    private final Object circuit;
    private final Map<Object, Object> state;
    private final SocketChannel channel;
    private final Object dispatcher;
    private final Method close;
    private final Object exchange;
    private final Method clear;
    private final Method setReadBuffer;

    @SuppressWarnings("unchecked") // The state has texts for keys, says Liberty.
    private LibertyConnection(WebConnection connection) throws ReflectiveOperationException, IOException {
        circuit = present(call(connection, "getVirtualConnection"));
        state = (Map<Object, Object>) call(circuit, "getStateMap");
        Object device = Objects.requireNonNull(call(connection, "getDeviceConnLink"), "no link to the device");
        Class<?> link = type(LINK, device);
        Method above = link.getMethod("getApplicationCallback");
        Object http = present(above.invoke(device));
        dispatcher = present(above.invoke(http));
        close = link.getMethod("close", type(CIRCUIT, device), Exception.class);
        exchange = present(call(http, "getHTTPContext"));
        clear = exchange.getClass().getMethod("clear");
        setReadBuffer = exchange.getClass().getMethod("setReadBuffer", type(BUFFER, exchange));
        Socket socket = (Socket) present(call(present(call(device, "getSocketIOChannel")), "getSocket"));
        channel = socket.getChannel();
    }

    /**
     * The inside of a connection.
     *
     * @throws IOException when it is gone already
     * @throws InvocationTargetException the same
     * @throws ReflectiveOperationException when this server is another one inside; so says a {@link RuntimeException}
     */
    static LibertyConnection of(WebConnection connection) throws ReflectiveOperationException, IOException {
        return new LibertyConnection(connection);
    }

    /** Its socket. */
    SocketChannel channel() {
        return channel;
    }

    /**
     * Has Liberty leave the socket alone, and let go of the request, as it does between two requests of a connection: of its
     * headers, and of the buffer of 8 KiB that they were read into. Whoever calls this has to {@linkplain #end end} the connection.
     *
     * @return what the client has sent behind the request
     */
    byte[] handOver() throws ReflectiveOperationException {
        byte[] early = unread();
        clear.invoke(exchange);
        setReadBuffer.invoke(exchange, (Object) null);
        state.put(LISTENED_TO, "true");
        return early;
    }

    private byte[] unread() throws ReflectiveOperationException {
        Object buffer = state.remove(UNREAD);
        if (buffer == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) call(buffer, "remaining")];
        buffer.getClass().getMethod("get", byte[].class).invoke(buffer, (Object) bytes);
        call(buffer, "release");
        return bytes;
    }

    /**
     * Ends it, from the dispatcher down to the socket, as one that has failed: one that has not is read for another request.
     * It may wait for Liberty's selector.
     */
    void end() {
        state.put(TO_BE_CLOSED, "true");
        try {
            close.invoke(dispatcher, circuit, new IOException("the WebSocket connection has ended"));
        } catch (InvocationTargetException e) {
            // It is closed already, which is what was wanted.
        } catch (ReflectiveOperationException | RuntimeException e) {
            Log.SOCKET_LEFT_OPEN.log(e);
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }

    private static Class<?> type(String name, Object near) throws ClassNotFoundException {
        return Class.forName(name, false, near.getClass().getClassLoader());
    }

    /** What Liberty has let go of, where the client has gone again: that says nothing of other connections. */
    private static Object present(@Nullable Object part) throws IOException {
        if (part == null) {
            throw new ClosedChannelException();
        }
        return part;
    }
}
