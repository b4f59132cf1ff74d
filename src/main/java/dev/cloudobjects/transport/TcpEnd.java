package dev.cloudobjects.transport;

import dev.cloudobjects.log.Log;
import jakarta.servlet.http.WebConnection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Ends the TCP connection below an upgraded one. {@link WebConnection#close} has to, but on Open Liberty it does not: the
 * HTTP channel finds its connection upgraded and leaves it to whoever upgraded it, who was the one that asked. What
 * Liberty's own WebSocket closes at this point is the link to the device, so that is closed here: by reflection, because
 * an application has no other way to it.
 */
final class TcpEnd {

    /**
     * How long a read may take to get from a queue of Liberty's into its selector, in milliseconds. A socket that closes in
     * between makes the selector stumble over that queue, in which the reads of other connections wait.
     */
    private static final long READ_QUEUED = 50;

    private static final String LINK = "com.ibm.wsspi.channelfw.ConnectionLink";

    private TcpEnd() {}

    /**
     * Ends it, after the connection was closed in the way of the standard: in a moment, which it waits for. Does nothing on
     * another server.
     */
    static void of(WebConnection connection) {
        Class<?> type = connection.getClass();
        if (!type.getName().startsWith("com.ibm.ws.")) {
            return;
        }
        try {
            Object circuit = type.getMethod("getVirtualConnection").invoke(connection);
            Object link = type.getMethod("getDeviceConnLink").invoke(connection);
            if (circuit != null && link != null) {
                Thread.sleep(READ_QUEUED);
                close(link).invoke(link, circuit, null);
            }
        } catch (InvocationTargetException e) {
            // It is closed already, which is what was wanted.
        } catch (InterruptedException e) {
            // The server stops, and closes its sockets itself.
            Thread.currentThread().interrupt();
        } catch (ReflectiveOperationException e) {
            Log.SOCKET_LEFT_OPEN.log(e);
        }
    }

    private static Method close(Object link) throws ReflectiveOperationException {
        Class<?> type = Class.forName(LINK, false, link.getClass().getClassLoader());
        for (Method method : type.getMethods()) {
            if (method.getName().equals("close") && method.getParameterCount() == 2) {
                return method;
            }
        }
        throw new NoSuchMethodException(LINK + ".close");
    }
}
