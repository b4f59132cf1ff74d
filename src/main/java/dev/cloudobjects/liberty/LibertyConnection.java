package dev.cloudobjects.liberty;

import dev.cloudobjects.log.Log;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Objects;

/**
 * The internal objects of Open Liberty for one upgraded connection, called by reflection because there is no other access. A
 * connection has three links: the device link has the socket, the HTTP link has the request, and the dispatcher link counts
 * connections. As in the source of 26.0.0.5.
 */
final class LibertyConnection {

    /** The key that a listener of the container sets: Liberty then reads no further request from the connection. */
    private static final String HAS_LISTENER = "UpgradedListener";

    /** The key for a connection that shall end. Without it Liberty still counts the connection, and waits for it when it stops. */
    private static final String CLOSE = "CloseUpgradedWebConnection";

    /** The key of the bytes that Liberty has read after the request. */
    private static final String UNREAD = "NotUpgradedUnreadData";

    private static final String VIRTUAL_CONNECTION = "com.ibm.wsspi.channelfw.VirtualConnection";
    private static final String BUFFER = "com.ibm.wsspi.bytebuffer.WsByteBuffer";

    /** The methods of Liberty; one object for all connections, which have the same classes. */
    static final class Methods {
        private final ReflectedMethod virtualConnection = new ReflectedMethod("getVirtualConnection");
        private final ReflectedMethod state = new ReflectedMethod("getStateMap");
        private final ReflectedMethod device = new ReflectedMethod("getDeviceConnLink");
        private final ReflectedMethod aboveDevice = new ReflectedMethod("getApplicationCallback");
        private final ReflectedMethod aboveHttp = new ReflectedMethod("getApplicationCallback");
        private final ReflectedMethod channel = new ReflectedMethod("getSocketIOChannel");
        private final ReflectedMethod socket = new ReflectedMethod("getSocket");
        private final ReflectedMethod request = new ReflectedMethod("getHTTPContext");
        private final ReflectedMethod clear = new ReflectedMethod("clear");
        private final ReflectedMethod setReadBuffer = new ReflectedMethod("setReadBuffer", BUFFER);
        private final ReflectedMethod close = new ReflectedMethod("close", VIRTUAL_CONNECTION, Exception.class.getName());
        private final ReflectedMethod remaining = new ReflectedMethod("remaining");
        private final ReflectedMethod get = new ReflectedMethod("get", byte[].class.getName());
        private final ReflectedMethod release = new ReflectedMethod("release");
    }

    private final Methods methods;
    private final Object virtualConnection;
    private final Map<Object, Object> state;
    private final SocketChannel channel;
    private final Object dispatcher;
    private final Object request;

    /**
     * Finds the objects of a connection.
     *
     * @throws IOException when the connection has ended
     * @throws InvocationTargetException when the connection has ended
     * @throws ReflectiveOperationException when the classes of the server are others; a {@link RuntimeException} means the same
     */
    @SuppressWarnings("unchecked") // The keys are strings.
    LibertyConnection(Methods methods, WebConnection connection) throws ReflectiveOperationException, IOException {
        this.methods = methods;
        virtualConnection = call(methods.virtualConnection, connection);
        state = (Map<Object, Object>) call(methods.state, virtualConnection);
        Object device = call(methods.device, connection);
        Object http = call(methods.aboveDevice, device);
        dispatcher = call(methods.aboveHttp, http);
        request = call(methods.request, http);
        // These are called later, when their absence could no longer be handled.
        methods.clear.find(request);
        methods.setReadBuffer.find(request);
        methods.close.find(dispatcher);
        Socket socket = (Socket) call(methods.socket, call(methods.channel, device));
        channel = Objects.requireNonNull(socket.getChannel(), "a socket without a channel");
    }

    /** The socket. */
    SocketChannel channel() {
        return channel;
    }

    /**
     * Makes Liberty stop reading the socket and release the request, as it does between two requests: the headers, and the buffer of
     * 8 KiB that they were read into. The caller must {@linkplain #end end} the connection.
     *
     * @return the bytes that the client sent after the request
     */
    byte[] detach() throws ReflectiveOperationException {
        byte[] early = unread();
        methods.clear.call(request);
        methods.setReadBuffer.call(request, (Object) null);
        state.put(HAS_LISTENER, "true");
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
     * Closes the connection, with a failure: without one, Liberty would read another request from it. May wait for Liberty's
     * selector.
     */
    void end() {
        state.put(CLOSE, "true");
        try {
            methods.close.call(dispatcher, virtualConnection, new IOException("the WebSocket connection has ended"));
        } catch (InvocationTargetException e) {
            // It is closed already.
        } catch (ReflectiveOperationException | RuntimeException e) {
            Log.SOCKET_LEFT_OPEN.log(e);
        }
    }

    /**
     * Calls a method that must return an object. It returns null when the client has disconnected; the self-test, whose client has not,
     * treats that as a failure of the server.
     */
    private static Object call(ReflectedMethod method, Object of) throws ReflectiveOperationException, IOException {
        Object result = method.call(of);
        if (result == null) {
            throw new IOException(method + " of " + of.getClass().getName() + " gives nothing");
        }
        return result;
    }
}
