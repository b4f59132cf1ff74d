package dev.cloudobjects.liberty;

import dev.cloudobjects.log.Log;
import dev.cloudobjects.socket.servlet.SelfTest;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;

/**
 * An upgraded connection as Open Liberty has it inside: by reflection, because an application has no other way to it.
 * Three links lie on top of each other: the one to the device has the socket, the one of HTTP the request, and the
 * dispatcher's counts. Found in the source of 26.0.0.5.
 */
final class LibertyConnection {

    /** What a listener of the container's says: that the connection is used, and no further request is to be read from it. */
    private static final String LISTENED_TO = "UpgradedListener";

    /** That the connection is to end: without that Liberty goes on to count it, and waits for it when it stops. */
    private static final String TO_BE_CLOSED = "CloseUpgradedWebConnection";

    /** What Liberty has read behind the request. */
    private static final String UNREAD = "NotUpgradedUnreadData";

    private static final String CIRCUIT = "com.ibm.wsspi.channelfw.VirtualConnection";
    private static final String BUFFER = "com.ibm.wsspi.bytebuffer.WsByteBuffer";

    /** What is called of Liberty; one for all connections, which have the same classes. */
    static final class Methods {
        private final ReflectedMethod circuit = new ReflectedMethod("getVirtualConnection");
        private final ReflectedMethod state = new ReflectedMethod("getStateMap");
        private final ReflectedMethod device = new ReflectedMethod("getDeviceConnLink");
        private final ReflectedMethod aboveDevice = new ReflectedMethod("getApplicationCallback");
        private final ReflectedMethod aboveHttp = new ReflectedMethod("getApplicationCallback");
        private final ReflectedMethod channel = new ReflectedMethod("getSocketIOChannel");
        private final ReflectedMethod socket = new ReflectedMethod("getSocket");
        private final ReflectedMethod exchange = new ReflectedMethod("getHTTPContext");
        private final ReflectedMethod clear = new ReflectedMethod("clear");
        private final ReflectedMethod setReadBuffer = new ReflectedMethod("setReadBuffer", BUFFER);
        private final ReflectedMethod close = new ReflectedMethod("close", CIRCUIT, Exception.class.getName());
        private final ReflectedMethod remaining = new ReflectedMethod("remaining");
        private final ReflectedMethod get = new ReflectedMethod("get", byte[].class.getName());
        private final ReflectedMethod release = new ReflectedMethod("release");
    }

    private final Methods methods;
    private final Object circuit;
    private final Map<Object, Object> state;
    private final SocketChannel channel;
    private final Object dispatcher;
    private final Object exchange;

    /**
     * The inside of a connection.
     *
     * @throws IOException when it is gone already
     * @throws InvocationTargetException the same
     * @throws ReflectiveOperationException when this server is another one inside; so says a {@link RuntimeException}
     */
    @SuppressWarnings("unchecked") // The state has texts for keys, says Liberty.
    LibertyConnection(Methods methods, WebConnection connection) throws ReflectiveOperationException, IOException {
        this.methods = methods;
        circuit = part(methods.circuit, connection);
        state = (Map<Object, Object>) part(methods.state, circuit);
        Object device = part(methods.device, connection);
        Object http = part(methods.aboveDevice, device);
        dispatcher = part(methods.aboveHttp, http);
        exchange = part(methods.exchange, http);
        // Called later, when it would be too late to find out that they are missing.
        methods.clear.of(exchange);
        methods.setReadBuffer.of(exchange);
        methods.close.of(dispatcher);
        Socket socket = (Socket) part(methods.socket, part(methods.channel, device));
        channel = Objects.requireNonNull(socket.getChannel(), "a socket without a channel");
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
        methods.clear.call(exchange);
        methods.setReadBuffer.call(exchange, (Object) null);
        state.put(LISTENED_TO, "true");
        return early;
    }

    private byte[] unread() throws ReflectiveOperationException {
        Object buffer = state.remove(UNREAD);
        if (buffer == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) Objects.requireNonNull(methods.remaining.call(buffer))];
        methods.get.call(buffer, (Object) bytes);
        methods.release.call(buffer);
        return bytes;
    }

    /**
     * Ends it, from the dispatcher down to the socket, as one that has failed: one that has not is read for another request.
     * It may wait for Liberty's selector.
     */
    void end() {
        state.put(TO_BE_CLOSED, "true");
        try {
            methods.close.call(dispatcher, circuit, new IOException("the WebSocket connection has ended"));
        } catch (InvocationTargetException e) {
            // It is closed already, which is what was wanted.
        } catch (ReflectiveOperationException | RuntimeException e) {
            Log.SOCKET_LEFT_OPEN.log(e);
        }
    }

    /**
     * What leads on to the socket. Liberty has let go of it where the client has gone again, which says nothing of other
     * connections; {@link SelfTest} knows that its client has not.
     */
    private static Object part(ReflectedMethod method, Object of) throws ReflectiveOperationException, IOException {
        Object part = method.call(of);
        if (part == null) {
            throw new IOException(method + " of " + of.getClass().getName() + " gives nothing");
        }
        return part;
    }
}
